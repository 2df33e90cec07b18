import type { Analysis, FilePlace, PlacedFinding } from '../../protocol/analysis.ts';
import { familyName, stateName } from '../text/names.ts';
import { placeName } from '../text/place-name.ts';
import type { Translate } from '../translate.ts';
import type { FileProblem, FoundFile } from './collect-files.ts';

/** A line of the incident view. */
export interface IncidentNode {
  /** Tells it from its neighbours, and stays when the incident is read again. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** The name of one of the editor's icons. */
  readonly icon?: string;
  /** The name of a colour for the icon. */
  readonly color?: string;
  /** Where a click leads. */
  readonly place?: FilePlace;
  /** A file that a click opens as an incident of its own. */
  readonly alone?: string;
  /** A command of a shell, to be copied. */
  readonly shell?: string;
  readonly children?: readonly IncidentNode[];
  readonly isCollapsed?: boolean;
}

/** What is known of an incident's files. */
export interface IncidentState {
  readonly analysis: Analysis | null;
  readonly failure: string | null;
  readonly problems: readonly FileProblem[];
  readonly large: readonly FoundFile[];
}

/** A file of more bytes than these is read by nobody here. */
const MOST_ALONE = 256 << 20;

/** More packets of one finding than these are no list that anybody reads. */
const MOST_EVIDENCE = 200;

const STATE_ICONS: Readonly<Record<PlacedFinding['state'], string>> = {
  active: 'error',
  latent: 'warning',
  past: 'info',
};

/**
 * Makes the lines of the view of one incident: findings by family, what is missing, the kernel, the
 * files by what was recognised in them, and what was not read.
 */
export function incidentNodes(state: IncidentState, t: Translate): IncidentNode[] {
  const { analysis, failure } = state;
  const failed = failure === null ? [] : [failureNode(failure, t)];
  if (analysis === null) {
    return failed.length > 0
      ? failed
      : [{ id: 'reading', label: t('Reading…'), icon: 'loading~spin' }];
  }
  return [
    ...failed,
    ...findingNodes(analysis, t),
    ...missingNodes(analysis, t),
    kernelNode(analysis, t),
    ...fileNodes(analysis, t),
    ...unreadNodes(state, t),
  ];
}

function failureNode(failure: string, t: Translate): IncidentNode {
  return { id: 'failure', label: t('Could not be read: {0}', failure), icon: 'error' };
}

function findingNodes({ findings, files }: Analysis, t: Translate): IncidentNode[] {
  if (findings.length === 0) {
    const isEmpty = files.every(({ sections }) => sections.length === 0);
    const label = isEmpty ? t('No captured output recognised') : t('Nothing collides');
    return [{ id: 'none', label, icon: isEmpty ? 'question' : 'pass' }];
  }
  const families = new Map<PlacedFinding['family'], PlacedFinding[]>();
  for (const finding of findings) {
    families.set(finding.family, [...(families.get(finding.family) ?? []), finding]);
  }
  return [...families].map(([family, members]) => ({
    id: `family ${family}`,
    label: familyName(family, t),
    description: `${members.length}`,
    children: members.map((finding, i) => findingNode(finding, `${family} ${i}`, t)),
  }));
}

function findingNode(finding: PlacedFinding, id: string, t: Translate): IncidentNode {
  const { state, ports, summary, confidence, evidence, namespace } = finding;
  const words = [stateName(state, t), confidence, namespace ?? ''];
  const shown = evidence.slice(0, MOST_EVIDENCE).map((piece, i) => ({
    id: `${id} evidence ${i}`,
    label: piece.says,
    description: placeName(piece, t),
    tooltip: piece.says,
    icon: 'go-to-file',
    place: piece,
  }));
  const [first] = evidence;
  return {
    id,
    label: ports.length === 0 ? summary : t('Port {0}', ports.join(', ')),
    description: words.filter((word) => word !== '').join(' · '),
    tooltip: summary,
    icon: STATE_ICONS[state],
    color: `tuplescope.${state}`,
    ...(first === undefined ? {} : { place: first }),
    children: [...shown, ...mitigationNodes(finding, id)],
    isCollapsed: state === 'past',
  };
}

function mitigationNodes({ mitigations }: PlacedFinding, id: string): IncidentNode[] {
  return mitigations.map(({ action, command, works, why, sideEffects }, i) => ({
    id: `${id} mitigation ${i}`,
    label: action,
    description: command,
    tooltip: [command, why, sideEffects].filter((text) => text !== '').join('\n\n'),
    icon: works ? 'check' : 'close',
    ...(command === '' ? {} : { shell: command }),
  }));
}

/** What several findings miss is asked for once. */
function missingNodes({ findings }: Analysis, t: Translate): IncidentNode[] {
  const missing = new Map(
    findings.flatMap((finding) => finding.missing).map((piece) => [piece.command, piece]),
  );
  if (missing.size === 0) return [];
  const children = [...missing.values()].map(({ what, command }) => ({
    id: `missing ${command}`,
    label: what,
    description: command,
    tooltip: `${what}\n\n${command}`,
    icon: 'terminal',
    shell: command,
  }));
  return [
    {
      id: 'missing',
      label: t('Missing evidence'),
      description: `${children.length}`,
      children,
      isCollapsed: true,
    },
  ];
}

function kernelNode({ kernel }: Analysis, t: Translate): IncidentNode {
  const { release, profile, confidence, why } = kernel;
  return {
    id: 'kernel',
    label: t('Kernel {0}', release ?? t('unknown')),
    description: profile === null ? '' : `${profile} · ${confidence}`,
    tooltip: why,
    icon: 'chip',
  };
}

function fileNodes({ files }: Analysis, t: Translate): IncidentNode[] {
  const kinds = new Map<string, IncidentNode[]>();
  for (const { path, sections } of files) {
    const counts = new Map<string, number>();
    for (const { kind, records } of sections) counts.set(kind, (counts.get(kind) ?? 0) + records);
    for (const [kind, records] of counts) {
      const first = sections.find((section) => section.kind === kind);
      const node = {
        id: `file ${kind} ${path}`,
        label: path,
        description: t('{0} records', records),
        icon: 'file',
        place: { path, range: kind === 'pcap' ? null : (first?.range ?? null), packet: null },
      };
      kinds.set(kind, [...(kinds.get(kind) ?? []), node]);
    }
  }
  if (kinds.size === 0) return [];
  const children = [...kinds].map(([kind, members]) => ({
    id: `kind ${kind}`,
    label: kind,
    description: `${members.length}`,
    children: members,
    isCollapsed: true,
  }));
  return [{ id: 'files', label: t('Files'), children, isCollapsed: true }];
}

function largeNode({ path, size }: FoundFile, t: Translate): IncidentNode {
  const node = { id: `large ${path}`, label: path, icon: 'warning' };
  const mebibytes = Math.ceil(size / (1 << 20));
  if (isCaptureFile(path)) {
    const description = t('{0} MiB: open it as a list of packets', mebibytes);
    return { ...node, description, place: { path, range: null, packet: null } };
  }
  return size > MOST_ALONE
    ? { ...node, description: t('{0} MiB: too large to be read', mebibytes) }
    : {
        ...node,
        description: t('{0} MiB: open it as an incident of its own', mebibytes),
        alone: path,
      };
}

function isCaptureFile(path: string): boolean {
  return /\.(?:pcap|pcapng|cap)(?:\.(?:gz|xz|zst))?$/i.test(path);
}

function unreadNodes({ problems, large }: IncidentState, t: Translate): IncidentNode[] {
  const children = [
    ...large.map((file) => largeNode(file, t)),
    ...problems.map(({ path, why }) => ({
      id: `${why} ${path}`,
      label: path === '' ? '.' : path,
      description: {
        deep: t('too many folders in each other'),
        many: t('too many files; the rest was passed over'),
        unreadable: t('cannot be read'),
      }[why],
      icon: 'warning',
    })),
  ];
  if (children.length === 0) return [];
  return [{ id: 'unread', label: t('Not read'), description: `${children.length}`, children }];
}
