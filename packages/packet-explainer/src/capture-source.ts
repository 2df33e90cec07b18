import type { CapturedSegment, SegmentColumns } from '@tuplescope/conversation';
import type { TcpOptions } from '@tuplescope/net';

/** What conntrack reads of a segment besides the columns of a conversation. */
export interface HeaderColumns extends SegmentColumns {
  /** Window as on the wire, not scaled. */
  readonly win: Uint16Array;
  /** Bytes of TCP options that the capture holds. */
  readonly optionsLength: Uint8Array;
}

/** The segments of a capture as a parser gives them: a `PcapTable` or a `TcpdumpTable` is such. */
export interface SegmentTable extends Iterable<CapturedSegment> {
  readonly length: number;
  /** Makes the record of a row, from 0. */
  at(row: number): CapturedSegment;
  /** The same as pages of columns, equally long but the last, where the parser has them. */
  readonly columns?: readonly HeaderColumns[];
}

/** One capture to be explained. */
export interface ExplainedCapture {
  /** What to call it, as `eth0.pcap`. */
  readonly name: string;
  /** Seconds to add to its times so that they mean what the other captures' mean. */
  readonly clockOffset: number;
  readonly segments: SegmentTable;
}

/** NOP NOP TS: conntrack does not look for SACK blocks in exactly these (facts of tcp_sack). */
const TIMESTAMPS_ONLY = 12;

const NO_OPTIONS: TcpOptions = {};

/** Gives the window of a row as on the wire, 0 where the capture does not tell it. */
export function windowOf({ segments }: ExplainedCapture, row: number): number {
  const { columns } = segments;
  if (columns === undefined) return segments.at(row).win ?? 0;
  const size = pageSize(columns);
  return columns[Math.floor(row / size)]?.win[row % size] ?? 0;
}

/**
 * Gives what conntrack reads of a row's options: all of a SYN, the SACK blocks of others. Records
 * are made only where there is something to read.
 */
export function optionsOf({ segments }: ExplainedCapture, row: number, isSyn: boolean): TcpOptions {
  const { columns } = segments;
  if (columns !== undefined) {
    const size = pageSize(columns);
    const length = columns[Math.floor(row / size)]?.optionsLength[row % size] ?? 0;
    if (length === 0 || (!isSyn && length <= TIMESTAMPS_ONLY)) return NO_OPTIONS;
  }
  return segments.at(row).options ?? NO_OPTIONS;
}

function pageSize([first]: readonly HeaderColumns[]): number {
  return first?.length ?? 1;
}
