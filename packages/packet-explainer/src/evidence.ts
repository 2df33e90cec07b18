import type { NatEntry } from '@tuplescope/conversation';
import type { EntryInput, SocketState, Sysctls } from '@tuplescope/kernel-model';
import type { Tuple } from '@tuplescope/net';

/** A socket that a listing shows. */
export interface SeenSocket {
  /** Seconds since the epoch of the listing, null where nothing says when. */
  readonly seenAt: number | null;
  readonly local: string;
  readonly peer: string;
  readonly state: SocketState;
  /** Command name of the process that holds it, or null. */
  readonly process: string | null;
}

/** What is known of a namespace besides its packets; an empty one is fine. */
export interface Evidence {
  /** The namespace's own addresses, loopback left out. */
  readonly localAddresses: ReadonlySet<string>;
  /** Ports that rules redirect connections to, as 15001. */
  readonly interceptionPorts: ReadonlySet<number>;
  /** Command names that listen on an interception port. */
  readonly proxies: ReadonlySet<string>;
  /** Sysctls as they were captured, by the last part of their names. */
  readonly sysctls: Readonly<Partial<Sysctls>>;
  /** Entries with both tuples, of every time. */
  readonly entries: readonly NatEntry[];
  /** Gives the sockets that listings show between two ports, in the order of the listings. */
  readonly socketsBetween: (localPort: number, peerPort: number) => readonly SeenSocket[];
  /**
   * Gives the times, ascending, at which an entry with this original tuple was seen to be gone: a
   * DESTROY event, or a whole listing without it.
   */
  readonly goneAt: (original: Tuple) => readonly number[];
  /** Gives what a listing showed of an entry last, up to a time; null where none did. */
  readonly entryAt: (original: Tuple, at: number) => EntryInput | null;
}

/** Nothing is known but packets. */
export const NO_EVIDENCE: Evidence = {
  localAddresses: new Set(),
  interceptionPorts: new Set(),
  proxies: new Set(),
  sysctls: {},
  entries: [],
  socketsBetween: () => [],
  goneAt: () => [],
  entryAt: () => null,
};
