import { type Diagnostic, MAX_DIAGNOSTICS, type Severity } from '@tuplescope/scan';

/** What is wrong and where, in offsets of the file. */
export interface DamagePlace {
  readonly severity: Severity;
  /** Offset of the first byte that is meant. */
  readonly start: number;
  /** Offset after the last byte that is meant. */
  readonly end: number;
  readonly expected: string;
  readonly found: string;
}

/** Something that happens to many packets, said once with its count and its first place. */
interface Tally {
  readonly first: DamagePlace;
  count: number;
}

/** So many kinds of {@link Damage.tally} are kept apart. */
const MAX_TALLIES = 64;

/**
 * Collects what is wrong with a file. A file of bytes has no lines: a diagnostic's `line` is 1 and
 * its `column` the offset of the byte, from 1.
 */
export class Damage {
  #kept: Diagnostic[] = [];
  #total = 0;
  readonly #tallies = new Map<string, Tally>();

  /** Adds a diagnostic; those over the limit are counted only. */
  add(place: DamagePlace): void {
    this.#total++;
    if (this.#total <= MAX_DIAGNOSTICS) this.#kept.push(toDiagnostic(place));
  }

  /** Counts something; the first place of each key stands for all. */
  tally(key: string, place: DamagePlace): void {
    const known = this.#tallies.get(key);
    if (known !== undefined) known.count++;
    else if (this.#tallies.size < MAX_TALLIES) this.#tallies.set(key, { first: place, count: 1 });
  }

  /** Gives what was added since the last call. */
  drain(): readonly Diagnostic[] {
    const kept = this.#kept;
    this.#kept = [];
    return kept;
  }

  /** Gives the diagnostics that can be made at the end only: the counts. */
  counts(end: number): readonly Diagnostic[] {
    const said: Diagnostic[] = [];
    if (this.#total > MAX_DIAGNOSTICS) {
      const expected = `at most ${MAX_DIAGNOSTICS} diagnostics`;
      const found = `${this.#total - MAX_DIAGNOSTICS} more, not listed`;
      said.push(toDiagnostic({ severity: 'warning', start: end, end, expected, found }));
    }
    for (const { first, count } of this.#tallies.values()) {
      const times = count === 1 ? '' : `, the first of ${count}`;
      said.push(toDiagnostic({ ...first, found: `${first.found}${times}` }));
    }
    return said;
  }
}

/** Makes a diagnostic of a place in a file of bytes. */
export function toDiagnostic({ severity, start, end, expected, found }: DamagePlace): Diagnostic {
  const message = `expected ${expected}, found ${found}`;
  return { severity, line: 1, column: start + 1, start, end, expected, found, message };
}
