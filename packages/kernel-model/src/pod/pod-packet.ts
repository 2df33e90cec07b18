import type { TcpSegment } from '@tuplescope/net';
import type { Ctstate } from '../conntrack/outcome.ts';
import type { Entry } from '../entry.ts';
import type { SocketAction } from '../tcp/reaction.ts';
import type { SocketState } from '../tcp/tcp-socket.ts';
import type { NatKind, Reason } from '../verdict.ts';

/** Whose socket it is; `none` is where no socket is. */
export type SocketOwner = 'app' | 'proxy' | 'peer' | 'none';

/**
 * Where a packet is seen: as a socket of the pod sends it, before NAT; or on a device, as a capture
 * shows it: on lo requests after destination NAT, and replies translated back.
 */
export type Hop = 'sent' | 'lo' | 'eth0';

/** A socket that met a packet: its state when it did. */
export interface SocketDeed {
  readonly owner: SocketOwner;
  readonly state: SocketState;
  readonly does: SocketAction | 'connects' | 'closes';
}

/** One packet at one hop. */
export interface PodPacket {
  /** Counts the records of a run, from 1. */
  readonly n: number;
  /** Counts the packets: the same for each hop of one. */
  readonly packet: number;
  /** Seconds on the pod's clock. */
  readonly at: number;
  readonly hop: Hop;
  readonly segment: TcpSegment;
  readonly ctstate: Ctstate;
  /** The packet's entry after it, or of an INVALID one the entry that it met. */
  readonly entry: Pick<Entry, 'state' | 'timeout' | 'assured' | 'unreplied'> | null;
  /** What was translated between this hop and the one before; `none` where it is sent. */
  readonly nat: NatKind;
  /** Who sent it, and why. */
  readonly sender: SocketDeed;
  /** Who receives it, and what that does; null where it is only sent, or where it is dropped. */
  readonly socket: SocketDeed | null;
  /** Who dropped it: conntrack itself, or a rule. */
  readonly dropped: 'conntrack' | 'rule' | null;
  /** Why conntrack judged so. */
  readonly why: Reason;
  /** A sentence that says what happened. */
  readonly says: string;
}

/** A line that the kernel writes to its log. */
export interface PodLog {
  readonly at: number;
  /** Everything after the time stamp. */
  readonly text: string;
}
