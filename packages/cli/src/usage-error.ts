/** A mistake of whoever called: it is told in one line, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}
