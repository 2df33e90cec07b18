/**
 * Thrown where a kernel does not do what a test expects; test runners show it as a failed assertion,
 * with `actual` and `expected` side by side.
 */
export class ModelAssertionError extends Error {
  /** As the errors of node:assert have it. */
  readonly code = 'ERR_ASSERTION';
  readonly actual: unknown;
  readonly expected: unknown;

  constructor(message: string, actual: unknown, expected: unknown) {
    super(message);
    this.name = 'AssertionError';
    this.actual = actual;
    this.expected = expected;
  }
}
