import type { TcpSegment } from '@tuplescope/net';
import type { SourceSpan } from '@tuplescope/scan';

/** The TCP checksum as `tcpdump -v` judges it. */
export type TcpdumpChecksum =
  | { readonly value: number; readonly correct: true }
  | {
      /** The checksum on the wire; with checksum offload it is not yet computed at the sender. */
      readonly value: number;
      readonly correct: false;
      /** The checksum that tcpdump computed. */
      readonly expected: number;
    };

/**
 * Numbers of a record as on the wire, worked out because the text shows them counted from the start
 * of a connection; only those that the text allows.
 */
export interface AbsoluteNumbers {
  /** Sequence number on the wire. */
  readonly seq?: number;
  /** Acknowledgement number on the wire. */
  readonly ack?: number;
  /** SACK blocks on the wire, in the order of `options.sack`. */
  readonly sack?: readonly (readonly [left: number, right: number])[];
  /**
   * What they rest on, the weakest where there are several. `hex`: the packet's own bytes, printed
   * below the line. `printed`: a number that an earlier line of the connection shows in full.
   * `syn`: the SYN of that side, taken to be followed by the handshake's ACK (RFC 9293 section 3.5),
   * because tcpdump counts from a bare ACK whose own sequence number it did not print.
   */
  readonly basis: 'hex' | 'printed' | 'syn';
}

/**
 * One TCP segment as `tcpdump` prints it: what every capture has (see `TcpSegment` of
 * `@tuplescope/net`), and what only this tool's text tells. `n` counts every packet of the text, TCP
 * or not, from 1, or is the number that `tcpdump -#` prints. What the text does not say is absent.
 */
export interface TcpdumpSegment extends TcpSegment {
  /** Where the record stands in the text: header line, TCP line, hex dump and all. */
  readonly source: SourceSpan;
  /** Seconds since midnight, where the stamp has no date (`12:34:56.789012`); `at` is null then. */
  readonly timeOfDay?: number;
  /**
   * Seconds of a `tcpdump -ttt` stamp (since the packet before) or a `-ttttt` stamp (since the
   * first): both look alike, ` 00:00:00.000019`, so which it is the text does not say.
   */
  readonly elapsed?: number;
  /** `In`, `Out`, `B`, `M` or `P`, as `tcpdump -i any` prints it. */
  readonly direction?: string;
  /** Source MAC address (`-e`). */
  readonly srcMac?: string;
  /** Destination MAC address (`-e`). */
  readonly dstMac?: string;
  /** VLAN ids, the outermost first (`-e`). */
  readonly vlan?: readonly number[];
  /** The source port's service name, where the text names it; `sport` is 0 if it is not a known one. */
  readonly sportName?: string;
  /** The destination port's service name, where the text names it; `dport` is 0 if it is not a known one. */
  readonly dportName?: string;
  /** The line of `tcpdump -q`: it prints no flags, so `flags` is empty because they are not known. */
  readonly quiet?: true;
  /** Type of service, or the traffic class of IPv6: the whole byte (`-v`). */
  readonly tos?: number;
  /** The IPv4 "don't fragment" bit (`-v`). */
  readonly df?: boolean;
  /** Total length of the IPv4 packet, or payload length of the IPv6 packet, in bytes (`-v`). */
  readonly ipLength?: number;
  /** IPv6 flow label (`-v`; absent where it is 0). */
  readonly flowLabel?: number;
  /** The TCP checksum (`-v`; absent where the capture lacks bytes of the packet, and with `-K`). */
  readonly checksum?: TcpdumpChecksum;
  /** Urgent pointer; absent without URG. */
  readonly urg?: number;
  /**
   * The sequence, acknowledgement and SACK numbers on the wire, where the text counts them from the
   * connection's start and shows what from.
   */
  readonly absolute?: AbsoluteNumbers;
  /** What tcpdump says of the payload, after `length`: `HTTP: GET / HTTP/1.1`, with the lines below. */
  readonly payload?: string;
  /** Bytes of the packet in hex (`-x`, `-X`; with the link header for `-xx`, `-XX`). */
  readonly hex?: string;
}
