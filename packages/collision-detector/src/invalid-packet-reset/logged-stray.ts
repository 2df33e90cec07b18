import { capturesOf, type Incident, type NetfilterLogRecord, placeOf } from '@tuplescope/incident';
import { invertTuple, type Tuple, tupleKey } from '@tuplescope/net';
import { readCounter } from '../counters.ts';
import { entryListings, fullTuple } from '../entries.ts';
import type { Evidence } from '../finding.ts';

/** INVALID segments of a connection that is well, in the kernel's log, while the pod sends RSTs. */
export interface LoggedStray {
  /** The connection as its client opened it, before NAT. */
  readonly tuple: Tuple;
  readonly evidence: readonly Evidence[];
}

/** conntrack's own words for a segment outside the window; what it only ignores is not INVALID. */
const OUTSIDE =
  /^(?:SEQ|ACK) is (?:over|under)|^packet \(index \d+\) in dir \d invalid|^invalid state/;

/** So many lines of one connection are enough. */
const ENOUGH = 4;

/**
 * Finds, in the kernel's log, plain segments that conntrack called INVALID though their connection
 * is translated and established; only where the pod has sent RSTs, for else nothing came of it.
 */
export function findLoggedStrays(incident: Incident): LoggedStray[] {
  const resets = incident.snapshots.flatMap(
    (snapshot) => readCounter(snapshot, 'TcpOutRsts') ?? [],
  );
  const last = resets.at(-1);
  if (last === undefined || last.value === 0) return [];
  const logged = invalidSegments(incident);
  if (logged.size === 0) return [];
  const says = `TcpOutRsts is ${last.value}: RSTs that this namespace has sent.`;
  return translatedEntries(incident, logged).map(({ tuple, lines, entry }) => ({
    tuple,
    evidence: [...lines, entry, { ...last.place, packet: null, says }],
  }));
}

function invalidSegments(incident: Incident): ReadonlyMap<string, Evidence[]> {
  const found = new Map<string, Evidence[]>();
  for (const capture of capturesOf(incident.captures, 'log')) {
    for (const record of capture.content.table) {
      const tuple = isPlainInvalid(record) ? fullTuple(record) : null;
      if (tuple === null) continue;
      const lines = found.get(tupleKey(tuple)) ?? [];
      found.set(tupleKey(tuple), lines);
      if (lines.length >= ENOUGH) continue;
      const why = record.reason === null ? '' : `: ${record.reason}`;
      const says = `conntrack calls a segment of this connection INVALID${why}.`;
      lines.push({ ...placeOf(capture, record.source), packet: null, says });
    }
  }
  return found;
}

function isPlainInvalid({ flags, prefix, reason }: NetfilterLogRecord): boolean {
  if (flags === null || !flags.includes('A') || /[SFR]/.test(flags)) return false;
  return reason === null ? /invalid/i.test(prefix) : OUTSIDE.test(reason);
}

interface TranslatedEntry {
  readonly tuple: Tuple;
  readonly lines: readonly Evidence[];
  readonly entry: Evidence;
}

/** The entries of these segments in the last listing, where they are established and translated. */
function translatedEntries(
  { snapshots }: Incident,
  logged: ReadonlyMap<string, Evidence[]>,
): TranslatedEntry[] {
  const last = snapshots.findLast(({ captures }) => entryListings(captures).length > 0);
  const found = new Map<string, TranslatedEntry>();
  for (const capture of entryListings(last?.captures ?? [])) {
    const { table } = capture.content;
    for (let row = 0; row < table.length; row++) {
      if (table.stateAt(row) !== 'ESTABLISHED' || !table.assuredAt(row)) continue;
      if (table.portAt(row, 'origDst') === table.portAt(row, 'replySrc')) continue;
      const { orig, reply, source } = table.at(row);
      const tuple = fullTuple(orig);
      const answer = fullTuple(reply);
      if (tuple === null || answer === null) continue;
      const lines = [tuple, invertTuple(tuple), answer].flatMap(
        (direction) => logged.get(tupleKey(direction)) ?? [],
      );
      if (lines.length === 0) continue;
      const says = 'Its entry: established, and translated.';
      const entry = { ...placeOf(capture, source), packet: null, says };
      found.set(tupleKey(tuple), { tuple, lines, entry });
    }
  }
  return [...found.values()];
}
