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
  const entries = (['o', 'r'] as const).flatMap((orig) => {
    const entry = tracker.find(tuples[orig], now);
    const isOwn = entry !== null && isSame(entry.original, tuples[orig]);
    return isOwn ? [toRecorded(entry, orig)] : [];
  });
  const [entry = null, entry2] = entries;
  return entry2 === undefined ? { entry } : { entry, entry2 };
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
