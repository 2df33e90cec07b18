import type { Diagnostic, Severity } from './diagnostic.ts';
import { excerpt } from './excerpt.ts';
import type { SourceOrigin } from './source-span.ts';

/** Diagnostics kept of one input; later ones are only counted. */
export const MAX_DIAGNOSTICS = 1000;

/** Where and what a diagnostic is about, in offsets of the block that is being parsed. */
export interface DiagnosticPlace {
  readonly severity: Severity;
  /** Line in the block, from 1. */
  readonly line: number;
  /** Offset of the line's first byte in the block. */
  readonly lineStart: number;
  /** Offset of the first byte that is meant. */
  readonly start: number;
  /** Offset after the last byte that is meant. */
  readonly end: number;
  /** What the grammar wanted here. */
  readonly expected: string;
}

/**
 * Collects the diagnostics of one input, at most {@link MAX_DIAGNOSTICS} of them, so that a
 * gigabyte of noise does not become ten of complaints. The rest is counted in a closing one.
 *
 * @example
 * const list = new DiagnosticList(bytes, WHOLE_INPUT);
 * list.add({ severity: 'error', line: 1, lineStart: 0, start: 4, end: 7, expected: 'a state' });
 * list.all()[0].message // 'expected a state, found "abc"'
 */
export class DiagnosticList {
  readonly #bytes: Uint8Array;
  readonly #origin: SourceOrigin;
  readonly #kept: Diagnostic[] = [];
  #omitted = 0;

  constructor(bytes: Uint8Array, origin: SourceOrigin) {
    this.#bytes = bytes;
    this.#origin = origin;
  }

  /** Adds one. The text found is read from the bytes between `start` and `end`. */
  add(place: DiagnosticPlace): void {
    if (this.#kept.length >= MAX_DIAGNOSTICS) {
      this.#omitted++;
      return;
    }
    const { severity, expected } = place;
    const found = excerpt(this.#bytes, place.start, place.end);
    this.#kept.push({
      severity,
      line: this.#origin.line + place.line - 1,
      column: place.start - place.lineStart + 1,
      start: this.#origin.offset + place.start,
      end: this.#origin.offset + place.end,
      expected,
      found,
      message: `expected ${expected}, found ${found}`,
    });
  }

  /** Gives them in the order of the input, with the count of the omitted as the last. */
  all(): readonly Diagnostic[] {
    const last = this.#kept.at(-1);
    if (this.#omitted === 0 || last === undefined) return this.#kept;
    const expected = `at most ${MAX_DIAGNOSTICS} diagnostics`;
    const found = `${this.#omitted} more, not listed`;
    const message = `expected ${expected}, found ${found}`;
    return [...this.#kept, { ...last, severity: 'warning', expected, found, message }];
  }
}
