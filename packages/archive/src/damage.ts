import type { Severity } from '@tuplescope/scan';

/** Thrown inside this package where packed data cannot be read on; it never leaves it. */
export class Damage extends Error {
  readonly severity: Severity;
  readonly expected: string;
  readonly found: string;
  /** Offset in the packed data, in bytes. */
  readonly offset: number;

  constructor(offset: number, expected: string, found: string, severity: Severity = 'error') {
    super(`expected ${expected}, found ${found}`);
    this.severity = severity;
    this.expected = expected;
    this.found = found;
    this.offset = offset;
  }
}

/** Makes of whatever a library threw a damage at an offset; a damage stays as it is. */
export function asDamage(error: unknown, offset: number, expected: string): Damage {
  if (error instanceof Damage) return error;
  return new Damage(offset, expected, error instanceof Error ? error.message : String(error));
}

/** Thrown inside this package where an archive goes over a limit; all of it is dropped then. */
export class Refusal extends Error {
  readonly expected: string;
  readonly found: string;

  constructor(expected: string, found: string) {
    super(`expected ${expected}, found ${found}`);
    this.expected = expected;
    this.found = found;
  }
}
