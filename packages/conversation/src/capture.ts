import type { TcpSegment } from '@tuplescope/net';
import type { SegmentColumns } from './segment-columns.ts';

/**
 * A segment as a parser gives it: `TcpSegment` of `@tuplescope/net`, and two fields that only text
 * has. The records of `@tuplescope/tcpdump-parser` and `@tuplescope/pcap-reader` are such.
 */
export interface CapturedSegment extends TcpSegment {
  /** Seconds since midnight, where the text names no date and `at` is null. */
  readonly timeOfDay?: number;
  /** What relative numbers are on the wire, where the text shows what they count from. */
  readonly absolute?: { readonly seq?: number; readonly ack?: number };
}

/**
 * The segments of a capture in the order of the file: as records, or as columns (a `PcapTable` is
 * such).
 */
export type SegmentSource =
  | Iterable<CapturedSegment>
  | { readonly columns: readonly SegmentColumns[] };

/** One capture: a file, or the output of one tool. */
export interface Capture {
  /** What to call it, as `eth0.pcap`. */
  readonly name: string;
  /**
   * Seconds to add to its times so that they mean what the other captures' mean; a text whose times
   * name no date needs its midnight here. Default 0.
   */
  readonly clockOffset?: number;
  /** Its segments. */
  readonly segments: SegmentSource;
}
