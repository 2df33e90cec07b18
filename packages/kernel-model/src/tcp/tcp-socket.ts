import type { Endpoint } from '@tuplescope/net';

/** A TCP socket's state, as `ss` prints it but in full; CLOSED is where no socket is. */
export type SocketState =
  | 'LISTEN'
  | 'SYN-SENT'
  | 'SYN-RECV'
  | 'ESTABLISHED'
  | 'FIN-WAIT-1'
  | 'FIN-WAIT-2'
  | 'CLOSE-WAIT'
  | 'CLOSING'
  | 'LAST-ACK'
  | 'TIME-WAIT'
  | 'CLOSED';

/** What a socket knows of timestamps (RFC 7323 section 3). */
export interface SocketTimestamps {
  /** The socket's clock in milliseconds at second 0 of the packets' clock; by pair of addresses. */
  readonly offset: number;
  /** TS.Recent: the newest value taken from the peer, 0 where there is none. */
  readonly recent: number;
  /** When `recent` was taken; in SYN-SENT, when the first SYN was sent. */
  readonly recentAt: number;
}

/**
 * A TCP socket as data; times are seconds on the packets' clock, sequence numbers 32 bits, unsigned.
 *
 * `createSocket` fills in what a test does not care for.
 */
export interface TcpSocket {
  readonly state: SocketState;
  readonly local: Endpoint;
  /** A listener's peer is port 0. */
  readonly peer: Endpoint;
  /** Oldest number that the peer has not acknowledged. */
  readonly sndUna: number;
  /** Next number to send; of a listener its next initial number, 0 where the clock gives it. */
  readonly sndNxt: number;
  /** Next number expected from the peer. */
  readonly rcvNxt: number;
  /** Bytes that it takes from `rcvNxt` on. */
  readonly rcvWindow: number;
  /** Its own window scale, the shift count; what it sends carries `rcvWindow` shifted, rounded up. */
  readonly rcvScale: number;
  /** The largest window of its peer, in bytes: an ACK older than this is challenged. */
  readonly maxWindow: number;
  /** Maximum segment size that its SYN or SYN/ACK offers, in bytes. */
  readonly mss: number;
  readonly sackOK: boolean;
  /** null: the connection has no timestamps. */
  readonly timestamps: SocketTimestamps | null;
  /**
   * A time-wait mini socket: what is left of an orphan in FIN-WAIT-2 (tcp_fin_timeout up to 60 s),
   * and every TIME-WAIT.
   */
  readonly mini: boolean;
  /** close() was called: data that comes is answered with a RST. */
  readonly orphan: boolean;
  /** When it last answered an invalid segment; null: never. */
  readonly lastAnswer: number | null;
  /** How often it sent its oldest segment again. */
  readonly retransmits: number;
  /** The initial sequence number of its peer, of which a SYN/ACK is sent again. */
  readonly rcvIsn: number;
  /** Identification of the next IP packet, where one is counted. */
  readonly nextIpId: number;
}
