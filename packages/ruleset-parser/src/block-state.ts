import type { DiagnosticList, Severity } from '@tuplescope/scan';
import type { RulesetContext } from './parse-context.ts';
import type { Form, RulesetRows } from './ruleset-rows.ts';

/** The line that is being read. */
export interface Line {
  /** Its number in the block, from 1. */
  readonly line: number;
  /** Offset of the line's first byte. */
  readonly lineStart: number;
  /** Offset of what is read, after blanks at the line's beginning. */
  readonly start: number;
  /** Offset after what is read. */
  readonly end: number;
}

/** What the readers of lines share while they work on one block. */
export interface BlockState {
  readonly rows: RulesetRows;
  readonly diagnostics: DiagnosticList;
  readonly context: RulesetContext;
  /** Offset of the next element of an nft document, or a lower one where it must be looked for. */
  nextElement: number;
}

/** Adds a rule of the chain whose name stands between two offsets, in the table of the context. */
export function addRule(
  { rows, context }: BlockState,
  form: Form,
  at: Line,
  nameStart: number,
  nameEnd: number,
): void {
  const name = rows.names.intern(rows.bytes, nameStart, nameEnd);
  rows.addRule(form, rows.section(context.family, context.table), name, at);
}

/** Adds a chain whose name stands between two offsets, in the table of the context. */
export function addChain(
  { rows, context }: BlockState,
  form: Form,
  at: Line,
  nameStart: number,
  nameEnd: number,
): void {
  const name = rows.names.intern(rows.bytes, nameStart, nameEnd);
  rows.addChain(form, rows.section(context.family, context.table), name, at);
}

/** Says something about a part of a line, or about all of it. */
export function complain(
  { diagnostics }: BlockState,
  severity: Severity,
  at: Line,
  expected: string,
  start: number = at.start,
  end: number = at.end,
): void {
  diagnostics.add({ severity, line: at.line, lineStart: at.lineStart, start, end, expected });
}
