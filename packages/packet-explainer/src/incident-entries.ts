import type { NatEntry } from '@tuplescope/conversation';
import {
  type CapturedTuples,
  type CaptureOf,
  type ConntrackEntry,
  capturesOf,
  type Incident,
  isEventLog,
  wouldShow,
} from '@tuplescope/incident';
import type { EntryInput } from '@tuplescope/kernel-model';
import { type Tuple, tupleKey } from '@tuplescope/net';
import type { Evidence } from './evidence.ts';

/** An entry as it was listed at a time. */
interface SeenEntry {
  readonly at: number;
  readonly input: EntryInput;
}

/** A listing that would show every entry, with the original tuples that it has. */
interface WholeListing {
  readonly at: number;
  readonly keys: ReadonlySet<string>;
}

type Listing = CaptureOf<'conntrack'>;

/** What an incident's listings and events tell of the entries of captured packets. */
export function incidentEntries(
  incident: Incident,
  tuples: CapturedTuples,
): Pick<Evidence, 'entries' | 'goneAt' | 'entryAt'> {
  const tables = capturesOf(incident.captures, 'conntrack');
  const entries: NatEntry[] = [];
  for (const { content } of tables) {
    for (const entry of entriesOn(content.table, tuples)) {
      const pair = tuplesOf(entry);
      if (pair !== null) entries.push(pair);
    }
  }
  const destroyed = destroyTimes(tables, tuples);
  const { seen, listings } = listedEntries(incident, tuples);
  return {
    entries,
    goneAt(original) {
      const key = tupleKey(original);
      const absent = listings.filter(({ keys }) => !keys.has(key)).map(({ at }) => at);
      return [...(destroyed.get(key) ?? []), ...absent].sort((a, b) => a - b);
    },
    entryAt(original, at) {
      const known = seen.get(tupleKey(original)) ?? [];
      return known.findLast((entry) => entry.at <= at)?.input ?? null;
    },
  };
}

/** The entries of what the captures show; of a million others no record is made. */
function* entriesOn(
  table: Listing['content']['table'],
  tuples: CapturedTuples,
): Generator<ConntrackEntry> {
  for (const row of tuples.rowsOf(table)) yield table.at(row);
}

function tuplesOf({ orig, reply }: ConntrackEntry): NatEntry | null {
  const original = tupleOf(orig);
  const answer = tupleOf(reply);
  return original === null || answer === null ? null : { orig: original, reply: answer };
}

function tupleOf({ src, sport, dst, dport }: ConntrackEntry['orig']): Tuple | null {
  return sport === null || dport === null ? null : { src, sport, dst, dport };
}

function destroyTimes(tables: readonly Listing[], tuples: CapturedTuples): Map<string, number[]> {
  const times = new Map<string, number[]>();
  for (const { content } of tables) {
    if (!isEventLog(content.table)) continue;
    for (const { event, at, orig } of entriesOn(content.table, tuples)) {
      const tuple = tupleOf(orig);
      if (event !== 'DESTROY' || at === undefined || tuple === null) continue;
      const key = tupleKey(tuple);
      times.set(key, [...(times.get(key) ?? []), at]);
    }
  }
  return times;
}

/** Only snapshots that say when they were taken tell what was there when a packet came. */
function listedEntries(
  { snapshots }: Incident,
  tuples: CapturedTuples,
): { seen: Map<string, SeenEntry[]>; listings: WholeListing[] } {
  const seen = new Map<string, SeenEntry[]>();
  const listings: WholeListing[] = [];
  for (const { at, captures } of snapshots) {
    if (at === null) continue;
    const tables = capturesOf(captures, 'conntrack');
    const keys = new Set<string>();
    for (const { content } of tables) {
      for (const entry of entriesOn(content.table, tuples)) {
        const input = inputOf(entry);
        const tuple = tupleOf(entry.orig);
        if (tuple === null) continue;
        const key = tupleKey(tuple);
        if (!keys.has(key) && input !== null) {
          seen.set(key, [...(seen.get(key) ?? []), { at, input }]);
        }
        keys.add(key);
      }
    }
    if (tables.some(({ command }) => wouldShow(command, []))) listings.push({ at, keys });
  }
  return { seen, listings };
}

function inputOf(entry: ConntrackEntry): EntryInput | null {
  const pair = tuplesOf(entry);
  const { timeout, unreplied } = entry;
  const state = STATES.find((known) => known === entry.state);
  if (pair === null || state === undefined || timeout === null) return null;
  const { orig: original, reply } = pair;
  return { state, timeout, original, reply, unreplied };
}

/** The states that the shortest lives of `entryPackets` lead to. */
const STATES: readonly EntryInput['state'][] = [
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT',
  'CLOSE_WAIT',
  'LAST_ACK',
  'TIME_WAIT',
  'CLOSE',
];
