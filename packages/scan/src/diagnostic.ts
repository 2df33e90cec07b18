/** How much a diagnostic matters: `hint` was forgiven, `warning` may mislead, `error` lost data. */
export type Severity = 'error' | 'warning' | 'hint';

/** What a parser says of input that is not what it expected. */
export interface Diagnostic {
  /** How much it matters. */
  readonly severity: Severity;
  /** Line, from 1. */
  readonly line: number;
  /** Column in bytes, from 1. */
  readonly column: number;
  /** Byte offset of the first byte that is meant. */
  readonly start: number;
  /** Byte offset after the last byte that is meant. */
  readonly end: number;
  /** What the grammar wanted here. */
  readonly expected: string;
  /** What stands here instead, shortened, control characters made visible. */
  readonly found: string;
  /** Both in one sentence: `expected …, found …`. */
  readonly message: string;
}
