import {
  type Capture,
  type ConntrackEntry,
  capturesOf,
  isEventLog,
  type Place,
  placeOf,
} from '@tuplescope/incident';
import { type Tuple, tupleKey } from '@tuplescope/net';

/** A conntrack entry with its place in the incident. */
export interface PlacedEntry {
  readonly entry: ConntrackEntry;
  readonly place: Place;
}

/** A snapshot's conntrack entries, to be found by the tuple of their replies. */
export interface EntriesByReply {
  /** The listing in which an entry would stand, or null where there is none that is whole. */
  readonly listing: Capture | null;
  /** Gives the entry with this reply tuple. */
  find(reply: Tuple): PlacedEntry | null;
}

/**
 * Indexes the TCP entries of a snapshot whose replies come from these ports: the reply tuple is what
 * a proxy's socket sees. Only their rows are made into records, so a million others cost little.
 */
export function entriesByReply(
  captures: readonly Capture[],
  ports: readonly number[],
): EntriesByReply {
  const listings = capturesOf(captures, 'conntrack').filter(
    ({ content }) => !isEventLog(content.table),
  );
  const byReply = new Map<string, PlacedEntry>();
  for (const capture of listings) {
    const { table } = capture.content;
    for (const row of new Set(ports.flatMap((port) => table.rowsWithPort(port)))) {
      const entry = table.at(row);
      const tuple = fullTuple(entry.reply);
      if (entry.proto !== 'tcp' || tuple === null) continue;
      const key = tupleKey(tuple);
      const place = placeOf(capture, entry.source);
      // Of one file the later listing is the newer; other files say the same in other forms.
      const known = byReply.get(key);
      if (known === undefined || known.place.file === place.file)
        byReply.set(key, { entry, place });
    }
  }
  const whole = listings.find(({ command }) => command === null || !command.includes('|'));
  return {
    listing: whole ?? null,
    find: (reply) => byReply.get(tupleKey(reply)) ?? null,
  };
}

/** Gives one direction of an entry as a tuple, or null where it has no ports. */
export function fullTuple(direction: {
  readonly src: string | null;
  readonly dst: string | null;
  readonly sport?: number | null;
  readonly dport?: number | null;
}): Tuple | null {
  const { src, dst, sport, dport } = direction;
  if (src == null || dst == null || sport == null || dport == null) return null;
  return { src, sport, dst, dport };
}
