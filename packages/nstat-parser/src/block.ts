import type { DiagnosticList, LineScanner, Severity } from '@tuplescope/scan';
import type { BlockPlace, CounterColumns } from './counter-columns.ts';
import type { NstatContext } from './parse-context.ts';

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
