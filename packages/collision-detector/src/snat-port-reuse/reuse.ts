import type { Tuple } from '@tuplescope/net';
import type { Evidence } from '../finding.ts';

/** How long the other end remembers a closed connection: TCP_TIMEWAIT_LEN of Linux, in seconds. */
export const TIME_WAIT_SECONDS = 60;

/** How it is known that a gateway gave one port to two connections. */
export type ReuseBasis =
  /** Two clients before the translation have one port behind it. */
  | 'two-clients'
  /** Only the outside was captured; rules or entries show that this address is a gateway's. */
  | 'gateway-address'
  /** Only the outside was captured. */
  | 'outside'
  /** conntrack's events, without packets. */
  | 'events';

/** A port of a gateway that a new connection got while the other end remembered its last one. */
export interface Reuse {
  readonly basis: ReuseBasis;
  /** The new client's tuple before translation; behind it where that is all that was captured. */
  readonly client: Tuple;
  /** The client that had the port before, or null where it was not seen. */
  readonly earlier: Tuple | null;
  /** The tuple behind the translation, which both connections have. */
  readonly outside: Tuple;
  /** Seconds from the last packet of the earlier connection to the SYN; null without times. */
  readonly gap: number | null;
  /** How often the other end answered a SYN with an ACK of the earlier connection. */
  readonly answers: number;
  readonly isConnected: boolean;
  /** Seconds from the first SYN to the SYN-ACK, or to the last packet where there was none. */
  readonly seconds: number | null;
  readonly evidence: readonly Evidence[];
}
