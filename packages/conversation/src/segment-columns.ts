/** The kind of a row that is a TCP segment; others belong to no conversation. */
export const TCP: number = 6;
/** The family of a row whose addresses are IPv4. */
export const IPV4: number = 4;
/** The row says when the packet was captured: bit 2 of the column `bits`. */
export const HAS_TIME: number = 1 << 2;

// What a text does not tell of a row: bits of the column `doubts`.

/** The sequence number is not known as on the wire. */
export const LACKS_SEQ: number = 1;
/** The acknowledgement number is not known as on the wire, though the segment carries one. */
export const LACKS_ACK: number = 1 << 1;
/** The IPv4 identification is not known. */
export const LACKS_IP_ID: number = 1 << 2;
/** A number counts from the start of a connection, and from where is not known. */
export const IS_RELATIVE: number = 1 << 3;

/**
 * TCP segments as columns: row `i` of every array is the `i`th segment, the first `length` rows mean
 * something. The columns of `@tuplescope/pcap-reader` are such, with no copy.
 */
export interface SegmentColumns {
  /** How many rows there are. */
  readonly length: number;
  /** Number of the packet in the capture, from 1. */
  readonly n: Uint32Array;
  /** Whole seconds since the epoch. */
  readonly seconds: Float64Array;
  /** Nanoseconds of that second. */
  readonly nanoseconds: Uint32Array;
  /** What the packet is: 6 is TCP, all else is passed over. */
  readonly kind: Uint16Array;
  /** What the addresses are: 4 is IPv4, for all else their text is asked for. */
  readonly family: Uint8Array;
  /** Source address: IPv4 in host order, else a number of the file's own. */
  readonly src: Uint32Array;
  /** Destination address, likewise. */
  readonly dst: Uint32Array;
  /** Source port. */
  readonly sport: Uint16Array;
  /** Destination port. */
  readonly dport: Uint16Array;
  /** Sequence number as on the wire. */
  readonly seq: Uint32Array;
  /** Acknowledgement number as on the wire; means something with ACK only. */
  readonly ack: Uint32Array;
  /** Bits 0 to 8 of the TCP flags. */
  readonly flags: Uint16Array;
  /** Bytes of payload. */
  readonly payload: Uint32Array;
  /** IPv4 identification; 0 for IPv6. */
  readonly ipId: Uint16Array;
  /** Number of the interface in `interfaces`. */
  readonly interfaceNumber: Uint16Array;
  /** Bit 2: the row has a time. */
  readonly bits: Uint8Array;
  /**
   * What a text does not tell: bit 0 the sequence number, bit 1 the acknowledgement number, bit 2 the
   * IPv4 identification; bit 3: a number is relative. Absent where everything is known.
   */
  readonly doubts?: Uint8Array;
  /** The interfaces of the file: by the kernel's number where there is one, else by name. */
  readonly interfaces: readonly { readonly name?: string; readonly index?: number }[];
  /** Writes the source address of a row. */
  srcText(row: number): string;
  /** Writes the destination address of a row. */
  dstText(row: number): string;
}
