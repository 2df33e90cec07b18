import type { TcpOptions } from '@tuplescope/net';

/** What conntrack finds wrong with a header: fewer than 20 bytes, cut off, a wrong checksum. */
export type Malformed = 'short' | 'truncated' | 'checksum';

/** A TCP packet as a tracker takes it; a segment of a capture with a time is one. */
export interface Packet {
  /** Seconds, on one clock for all packets of a tracker. */
  readonly at: number;
  /** Source address as text, IPv4 or IPv6. */
  readonly src: string;
  /** Source port in host order. */
  readonly sport: number;
  /** Destination address as text. */
  readonly dst: string;
  /** Destination port in host order. */
  readonly dport: number;
  /** Flag letters as in `SA`: F S R P A U E W e. */
  readonly flags: string;
  /** Sequence number, absolute. */
  readonly seq: number;
  /** Acknowledgement number, absolute; 0 where left out. */
  readonly ack?: number;
  /** Window as on the wire, not scaled; 0 where left out. */
  readonly win?: number;
  /** Payload in bytes; 0 where left out. */
  readonly len?: number;
  readonly options?: TcpOptions;
  /** Conntrack zone, 0 where left out. */
  readonly zone?: number;
  /** Where conntrack sees it: `prerouting` (the default) what arrives, `output` what this host sends. */
  readonly hook?: 'prerouting' | 'output';
  /** Interface by which it came, or leaves; only NAT rules read it. */
  readonly interface?: string;
  /** User id of the sending process; only NAT rules read it. */
  readonly owner?: number;
  readonly malformed?: Malformed;
  /** A rule of the raw table keeps it from being tracked. */
  readonly untracked?: true;
}
