import type { Conversation } from '@tuplescope/conversation';
import type { Tracker } from '@tuplescope/kernel-model';
import { type Tuple, tupleKey } from '@tuplescope/net';
import type { Evidence } from './evidence.ts';

/** Timeouts are whole seconds: an entry that was refreshed less than one ago cannot have timed out. */
export const SHORTEST_TIMEOUT = 1;

/** Lets entries go when events or listings show that they are gone. */
export interface GoneEntries {
  /** Deletes what was gone by a time; asked with times that do not fall. */
  deleteUntil(at: number): void;
  /** Notes that an entry was refreshed. */
  refresh(original: Tuple, at: number): void;
}

/** Gathers when the entries of conversations that followed each other were seen to be gone. */
export function goneEntries(
  tracker: Tracker,
  { goneAt }: Evidence,
  conversations: readonly Conversation[],
): GoneEntries {
  const originals = new Map<string, Tuple>();
  for (const { client, server } of conversations) {
    const original = {
      src: client.address,
      sport: client.port,
      dst: server.address,
      dport: server.port,
    };
    originals.set(tupleKey(original), original);
  }
  const times = [...originals].flatMap(([key, original]) =>
    goneAt(original).map((at) => ({ at, key, original })),
  );
  times.sort((a, b) => a.at - b.at);
  const refreshed = new Map<string, number>();
  let next = 0;
  return {
    deleteUntil(now) {
      for (; next < times.length; next++) {
        const gone = times[next] as (typeof times)[number];
        if (gone.at >= now) return;
        const last = refreshed.get(gone.key);
        if (last !== undefined && gone.at - last >= SHORTEST_TIMEOUT) {
          tracker.delete(gone.original, now);
        }
      }
    },
    refresh(original, at) {
      if (times.length > 0) refreshed.set(tupleKey(original), at);
    },
  };
}
