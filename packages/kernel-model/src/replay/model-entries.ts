import type { Tuple } from '@tuplescope/net';
import type { Entry } from '../entry.ts';
import type { Tracker } from '../tracker.ts';
import type { RecordedEntry } from './recorded-sequence.ts';

/** What the client sends, and what the server sends. */
export interface SequenceTuples {
  readonly o: Tuple;
  readonly r: Tuple;
}

/** The entries of a sequence in the fields of a recording: the client's first, then the server's. */
export function modelEntries(
  tracker: Tracker,
  tuples: SequenceTuples,
  now: number,
): { readonly entry: RecordedEntry | null; readonly entry2?: RecordedEntry } {
  const found = tracker.find(tuples.o, now);
  const clients = found !== null && isSame(found.original, tuples.o) ? found : null;
  // Where the server's packets answer the client's entry they can have none of their own.
  const answers = clients !== null && isSame(clients.reply, tuples.r);
  const other = answers ? null : tracker.find(tuples.r, now);
  const servers = other !== null && isSame(other.original, tuples.r) ? other : null;
  if (clients === null) return { entry: servers === null ? null : toRecorded(servers, 'r') };
  const entry = toRecorded(clients, 'o');
  return servers === null ? { entry } : { entry, entry2: toRecorded(servers, 'r') };
}

function toRecorded(entry: Entry, orig: 'o' | 'r'): RecordedEntry {
  const { state, timeout, assured, unreplied, status, flags, wscale } = entry;
  const natport = entry.reply.dport;
  return {
    ...{ state, timeout, assured, unreplied, status, flags, wscale, orig },
    ...(natport === entry.original.sport ? {} : { natport }),
  };
}

function isSame(a: Tuple, b: Tuple): boolean {
  return a.src === b.src && a.sport === b.sport && a.dst === b.dst && a.dport === b.dport;
}
