import type { DiagnosticList, LineScanner, Severity } from '@tuplescope/scan';
import type { BlockPlace, CounterColumns } from './counter-columns.ts';

/** What the reader of a line has to know of the lines before it, also across blocks. */
export interface NstatContext {
  /** The group of `netstat -s` that is open (`TcpExt`), or null. */
  group: string | null;
  /** Which ICMP histogram of `netstat -s` is open. */
  histogram: '' | 'In' | 'Out';
  /** Objects of a JSON document that are open: 0 outside, 2 where the counters are. */
  jsonDepth: number;
  /** Objects and arrays open inside a JSON value that is no counter. */
  jsonIgnored: number;
  /** The counter before had a rate, so that one without it was cut. */
  hasRate: boolean;
}

/** What nothing is known of yet. */
export function emptyContext(): NstatContext {
  return { group: null, histogram: '', jsonDepth: 0, jsonIgnored: 0, hasRate: false };
}

/** A block while it is read. */
export interface Block {
  readonly bytes: Uint8Array;
  /** The line that is read. */
  readonly lines: LineScanner;
  readonly columns: CounterColumns;
  readonly diagnostics: DiagnosticList;
  readonly context: NstatContext;
  /** A line of names (`Tcp: InSegs OutSegs`) that waits for its line of values. */
  names: BlockPlace | null;
}

/** Says of bytes in the current line what should have been there. */
export function report(
  block: Block,
  severity: Severity,
  start: number,
  end: number,
  expected: string,
): void {
  const { line, start: lineStart } = block.lines;
  block.diagnostics.add({ severity, line, lineStart, start, end, expected });
}
