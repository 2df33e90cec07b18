import type { Incident } from '@tuplescope/incident';
import { ALL_PROFILES } from '@tuplescope/kernel-model';
import type { EntryState, Explanation, Lineage } from '@tuplescope/packet-explainer';
import {
  type ExplanationReport,
  explanationRecord,
  makeExplanationReport,
  renderLadderSvg,
} from '@tuplescope/report';
import type { Methods } from '../../protocol/channel.ts';
import type {
  ExplainedPacket,
  ExplainedRows,
  ExplanationsApi,
  NotExplained,
} from '../../protocol/explanations.ts';

/** Explanations are kept in memory; more packets than these would fill it. */
const MOST_PACKETS = 50_000;

/** Kernels whose explanations are kept: the one in use, and the one before it. */
const MOST_KERNELS = 2;

interface Explained {
  readonly report: ExplanationReport;
  /** By capture, then by the packet's number. */
  readonly packets: ReadonlyMap<string, ReadonlyMap<number, ExplainedIn>>;
}

interface ExplainedIn {
  readonly explanation: Explanation;
  readonly lineage: Lineage;
}

/**
 * Makes what a worker answers about what a kernel does with the packets of an incident.
 *
 * @param incidentsOf gives the incidents that were read last, the same array until the next reading.
 */
export function createExplanationsWorker(
  incidentsOf: () => readonly Incident[],
): Methods<ExplanationsApi> {
  let explained = new Map<string, Explained | NotExplained>();
  let of: readonly Incident[] = [];

  const explain = (profile: string | null): Explained | NotExplained => {
    if (of !== incidentsOf()) {
      of = incidentsOf();
      explained = new Map();
    }
    const key = profile ?? '';
    const known = explained.get(key) ?? explainAll(of, profile);
    explained.delete(key);
    explained.set(key, known);
    for (const old of explained.keys()) if (explained.size > MOST_KERNELS) explained.delete(old);
    return known;
  };

  return {
    explainKernel: ({ path, profile }) => {
      const found = explain(profile);
      if (typeof found === 'string') return found;
      if (!found.packets.has(path)) return 'not-read';
      const { kernel } = found.report;
      const { profile: name, title, confidence, why, contradictedBy } = kernel;
      return {
        profile: name ?? '',
        title: title ?? name ?? '',
        confidence,
        why,
        contradictions: contradictedBy.length,
      };
    },
    explainRows: ({ path, profile, numbers }) => {
      const found = explain(profile);
      if (typeof found === 'string') return found;
      const packets = found.packets.get(path);
      return packets === undefined ? 'not-read' : rowsOf(packets, numbers);
    },
    explainPacket: ({ path, profile, n }) => {
      const found = explain(profile);
      if (typeof found === 'string') return null;
      const packet = found.packets.get(path)?.get(n);
      return packet === undefined ? null : packetOf(packet, found.report);
    },
  };
}

function explainAll(incidents: readonly Incident[], name: string | null): Explained | NotExplained {
  if (incidents.length === 0) return 'not-read';
  const profile = ALL_PROFILES.find(({ id }) => id === name);
  const report = makeExplanationReport(incidents, '', profile === undefined ? {} : { profile });
  if (report.totals.packets > MOST_PACKETS) return 'too-many';
  const packets = new Map<string, Map<number, ExplainedIn>>();
  const note = (file: string, n: number, explained: ExplainedIn): void => {
    const known = packets.get(file) ?? new Map<number, ExplainedIn>();
    packets.set(file, known.set(n, explained));
  };
  for (const lineage of report.lineages) {
    for (const explanation of lineage.explanations) {
      const explained = { explanation, lineage };
      for (const { capture, n } of explanation.packet.sightings) note(capture, n, explained);
      note(explanation.at.file, explanation.at.n, explained);
    }
  }
  return { report, packets };
}

function rowsOf(packets: ReadonlyMap<number, ExplainedIn>, numbers: Uint32Array): ExplainedRows {
  const rows = [...numbers].map((n) => packets.get(n)?.explanation);
  return {
    ctstate: rows.map((row) => row?.ctstate ?? ''),
    says: rows.map((row) => row?.says ?? ''),
    expected: rows.map((row) => row === undefined || row.contradiction === null),
  };
}

function packetOf(
  { explanation, lineage }: ExplainedIn,
  report: ExplanationReport,
): ExplainedPacket {
  const { ctstate, says, details, why, before, entry, contradiction } =
    explanationRecord(explanation);
  return {
    ctstate,
    says,
    details,
    rule: why.rule,
    values: Object.entries(why.values),
    log: why.log,
    commits: why.commits,
    before: entryText(before),
    after: entryText(entry),
    contradiction,
    ladder: renderLadderSvg({ ...report, lineages: [lineage] }),
  };
}

/** As `conntrack` prints it: `SYN_SENT 120 [UNREPLIED]`. */
function entryText(entry: EntryState | null): string | null {
  if (entry === null) return null;
  const { state, timeout, assured, unreplied } = entry;
  const marks = [...(unreplied ? ['[UNREPLIED]'] : []), ...(assured ? ['[ASSURED]'] : [])];
  return [state, timeout, ...marks].join(' ');
}
