import {
  type Capture,
  type CaptureOf,
  type ConntrackEntry,
  capturesOf,
  isEventLog,
  type Place,
  placeOf,
  wouldShow,
} from '@tuplescope/incident';
import { type Tuple, tupleKey } from '@tuplescope/net';

/** A conntrack entry with its place in the incident. */
export interface PlacedEntry {
  readonly entry: ConntrackEntry;
  readonly place: Place;
}

/** A snapshot's conntrack entries, to be found by the tuple of their replies. */
export interface EntriesByReply {
  /** Gives the listing that would show an entry with this reply tuple, or null where none would. */
  listingFor(reply: Tuple): Capture | null;
  /** Gives the entry with this reply tuple. */
  find(reply: Tuple): PlacedEntry | null;
}

/** Picks the listings of entries (`conntrack -L` and its like): what was there at one moment. */
export function entryListings(captures: readonly Capture[]): CaptureOf<'conntrack'>[] {
  return capturesOf(captures, 'conntrack').filter(({ content }) => !isEventLog(content.table));
}

/** Picks the logs of events (`conntrack -E`): what happened to entries, one after the other. */
export function eventLogs(captures: readonly Capture[]): CaptureOf<'conntrack'>[] {
  return capturesOf(captures, 'conntrack').filter(({ content }) => isEventLog(content.table));
}

/**
 * Indexes the TCP entries of a snapshot by their reply tuples, which are what a proxy's sockets see.
 * Only the rows of the replies asked for become records, so a million others cost little.
 */
export function entriesByReply(
  captures: readonly Capture[],
  replies: readonly Tuple[],
): EntriesByReply {
  const listings = entryListings(captures);
  const byReply = new Map<string, PlacedEntry>();
  for (const capture of listings) {
    for (const entry of entriesWithReplies(capture, replies)) {
      const tuple = fullTuple(entry.reply);
      if (tuple === null) continue;
      const key = tupleKey(tuple);
      // Of one file the later listing is the newer; other files say the same in other forms.
      const known = byReply.get(key);
      if (known !== undefined && known.place.file !== capture.path) continue;
      byReply.set(key, { entry, place: placeOf(capture, entry.source) });
    }
  }
  return {
    listingFor: ({ sport, dst, dport }) => {
      const fields = [String(sport), dst, String(dport)];
      return listings.find(({ command }) => wouldShow(command, fields)) ?? null;
    },
    find: (reply) => byReply.get(tupleKey(reply)) ?? null,
  };
}

/** Gives the TCP entries whose replies have the two ports of one of these tuples, in their order. */
export function entriesWithReplies(
  { content: { table } }: CaptureOf<'conntrack'>,
  replies: readonly Tuple[],
): ConntrackEntry[] {
  const clientPorts = new Set(replies.map(({ dport }) => dport));
  const entries: ConntrackEntry[] = [];
  for (const port of new Set(replies.map(({ sport }) => sport))) {
    for (const row of table.rowsWithPort(port)) {
      const client = table.portAt(row, 'replyDst');
      if (client === null || !clientPorts.has(client)) continue;
      if (table.portAt(row, 'replySrc') === port && table.protoAt(row) === 'tcp') {
        entries.push(table.at(row));
      }
    }
  }
  return entries;
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
