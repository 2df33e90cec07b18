import type { TcpSegment } from '@tuplescope/net';
import type { SourceSpan } from '@tuplescope/scan';

/** The TCP checksum of a segment whose bytes are all in the capture. */
export type PcapChecksum =
  | { readonly value: number; readonly correct: true }
  | {
      /** The checksum on the wire; with checksum offload it is not yet computed at the sender. */
      readonly value: number;
      readonly correct: false;
      /** The checksum that the bytes have. */
      readonly expected: number;
    };

/**
 * One TCP segment of a capture file: what every capture has (see `TcpSegment` of `@tuplescope/net`),
 * and what the IP header and the link header tell besides. Numbers are those on the wire. With the
 * option `all` also a packet that is not TCP: `proto` names it then, `flags` is empty, the ports are 0
 * and the addresses empty where it has none.
 */
export interface PcapSegment extends TcpSegment {
  /** Where the packet's record stands in the file, its header included; `line` is always 1. */
  readonly source: SourceSpan;
  /** Nanoseconds of the second of `at`, 0 to 999,999,999; absent where the file has no time. */
  readonly nanoseconds?: number;
  /** What the packet is, where it is not TCP: `udp`, `icmp`, `arp`, `ethertype-0x88e5`. */
  readonly proto?: string;
  /** `In`, `Out`, `B`, `M` or `P`, where the link header says it (SLL, SLL2). */
  readonly direction?: string;
  /** Type of service, or the traffic class of IPv6: the whole byte. */
  readonly tos?: number;
  /** The IPv4 "don't fragment" bit. */
  readonly df?: boolean;
  /** The first of several fragments: `len` counts the bytes in this one. */
  readonly fragment?: true;
  /** Total length of the IPv4 packet, or payload length of the IPv6 packet, in bytes. */
  readonly ipLength?: number;
  /** IPv6 flow label; absent where it is 0. */
  readonly flowLabel?: number;
  /** The TCP checksum; absent where the capture lacks bytes of the segment. */
  readonly checksum?: PcapChecksum;
  /** Urgent pointer; absent without URG. */
  readonly urg?: number;
}
