import type { TcpSegment } from '@tuplescope/net';
import type { SocketBehaviour } from '../behaviour.ts';
import type { Sysctls } from '../sysctls.ts';
import type { ChallengeBudget } from './challenge-budget.ts';
import type { TcpCounter } from './tcp-counter.ts';
import type { TcpSocket } from './tcp-socket.ts';

/** A segment as a socket sees it: no number in a capture, no time. */
export type SocketSegment = Pick<
  TcpSegment,
  'src' | 'sport' | 'dst' | 'dport' | 'flags' | 'len' | 'options' | 'ipId'
> & {
  readonly seq: number;
  readonly ack?: number;
  /** As on the wire. */
  readonly win: number;
};

/**
 * What a socket does with a segment.
 *
 * - `accepts`: takes it and goes on to its next state, without an answer
 * - `syn-ack`, `ack`, `rst`: answers so
 * - `challenge-ack`: answers with a challenge ACK (RFC 5961), or a duplicate ACK for an invalid segment
 * - `suppressed`: would answer so, but a limit forbids it
 * - `reset`: is reset, the process reads ECONNRESET or ECONNREFUSED
 * - `delivers`: hands data to its process, and acknowledges it
 * - `retransmits`: sends its segment again
 * - `ignores`: does nothing
 */
export type SocketAction =
  | 'accepts'
  | 'syn-ack'
  | 'ack'
  | 'challenge-ack'
  | 'suppressed'
  | 'rst'
  | 'reset'
  | 'ignores'
  | 'retransmits'
  | 'delivers';

/** Where and when a socket lives: its kernel, its sysctls and the time. */
export interface SocketHost {
  readonly behaviour: SocketBehaviour;
  readonly sysctls: Sysctls;
  /** Seconds on the packets' clock. */
  readonly at: number;
  /** What the host may still send of challenge ACKs. */
  readonly budget: ChallengeBudget;
}

/** What became of a socket and a segment. */
export interface Reaction {
  readonly does: SocketAction;
  /** One sentence that says by what rule. */
  readonly why: string;
  /** The socket afterwards; null: it is gone. */
  readonly socket: TcpSocket | null;
  /** What it sends, in order. */
  readonly sends: readonly SocketSegment[];
  /** Counters that rise by one each. */
  readonly counters: readonly TcpCounter[];
  readonly budget: ChallengeBudget;
  /** A listener's new connection. */
  readonly child?: TcpSocket;
  /** SYN-SENT: when the SYN is to be sent again, in seconds; absent where the timer stays. */
  readonly resendAt?: number;
  /** TIME-WAIT gave way to a SYN: the listener is to answer with this initial sequence number. */
  readonly listenerIsn?: number;
  /** The error that the process reads. */
  readonly error?: 'ECONNREFUSED' | 'ECONNRESET';
}

/** What a rule says of a segment; what it leaves out is as it was. */
export type Outcome = Partial<Reaction> & Pick<Reaction, 'does' | 'why'>;

/** Completes what a rule says. */
export function react(host: SocketHost, socket: TcpSocket | null, outcome: Outcome): Reaction {
  return { socket, sends: [], counters: [], budget: host.budget, ...outcome };
}
