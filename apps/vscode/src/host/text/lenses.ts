import { ALL_PROFILES } from '@tuplescope/kernel-model';
import { CodeLens, Disposable, EventEmitter, l10n, languages, workspace } from 'vscode';
import type { FileInSession, Sessions } from '../incident/sessions.ts';
import { LANGUAGES } from '../incident/sessions.ts';
import type { ProfileChoice } from '../kernel/profile-choice.ts';
import { changes, showsLenses } from '../settings.ts';
import { editorRange, locationOf } from './editor-range.ts';
import { EXPLAIN, type Explainable } from './explanation-documents.ts';
import { familyName, stateName } from './names.ts';

/**
 * Says above the first mark of each finding what collides, and shows its evidence on a click; offers
 * there, and above packets, to explain them by the kernel in use.
 */
export function provideLenses(sessions: Sessions, choice: ProfileChoice): Disposable {
  const changed = new EventEmitter<void>();
  return Disposable.from(
    changed,
    sessions.onDidChange(() => changed.fire()),
    choice.onDidChange(() => changed.fire()),
    workspace.onDidChangeConfiguration((event) => {
      if (changes(event, 'codeLens')) changed.fire();
    }),
    languages.registerCodeLensProvider([...LANGUAGES], {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: ({ uri }) => {
        const found = sessions.find(uri);
        if (found === null || !showsLenses()) return [];
        return [...findingLenses(found, choice.profile), ...packetLenses(found, choice.profile)];
      },
    }),
  );
}

function findingLenses({ session, file }: FileInSession, profile: string | null): CodeLens[] {
  const told = new Set<number>();
  return file.marks.flatMap(({ range, finding: number }) => {
    const finding = session.analysis?.findings[number];
    if (finding === undefined || told.has(number)) return [];
    told.add(number);
    const { state, family, ports, evidence } = finding;
    const places = evidence.flatMap((place) => locationOf(session, place) ?? []);
    const name = `${stateName(state, l10n.t)} · ${familyName(family, l10n.t)}`;
    const place = editorRange(range);
    const collides = new CodeLens(place, {
      title: l10n.t(
        '{0} · port {1} · {2} pieces of evidence',
        name,
        ports.join(', '),
        places.length,
      ),
      command: 'editor.action.showReferences',
      arguments: [session.uriOf(file.path), place.start, places],
    });
    const [port] = ports;
    if (port === undefined || !hasPackets(session)) return [collides];
    return [collides, explainLens(session, range, port, profile)];
  });
}

function packetLenses({ session, file }: FileInSession, profile: string | null): CodeLens[] {
  return file.sections
    .filter(({ kind, records }) => kind === 'tcpdump' && records > 0)
    .map(({ range }) => explainLens(session, range, null, profile));
}

function explainLens(
  session: FileInSession['session'],
  range: Parameters<typeof editorRange>[0],
  port: number | null,
  profile: string | null,
): CodeLens {
  const kernel = kernelName(session, profile);
  const wanted: Explainable = { root: session.root.toString(), port, profile, kernel };
  const title =
    port === null
      ? l10n.t('Explain on {0}', kernel)
      : l10n.t('Explain port {0} on {1}', port, kernel);
  return new CodeLens(editorRange(range), { title, command: EXPLAIN, arguments: [wanted] });
}

function hasPackets({ analysis }: FileInSession['session']): boolean {
  const kinds = analysis?.files.flatMap(({ sections }) => sections.map(({ kind }) => kind)) ?? [];
  return kinds.includes('tcpdump') || kinds.includes('pcap');
}

/** The kernel that was chosen, else the incident's own by its name. */
function kernelName({ analysis }: FileInSession['session'], profile: string | null): string {
  const id = profile ?? analysis?.kernel.profile;
  const known = ALL_PROFILES.find((one) => one.id === id);
  return known?.title ?? analysis?.kernel.release ?? l10n.t('the kernel that the packets tell');
}
