import { LINE_FEED } from './bytes.ts';
import type { Diagnostic, Severity } from './diagnostic.ts';
import { excerpt } from './excerpt.ts';
import type { SourceOrigin } from './source-span.ts';

/** Diagnostics kept of one input; later ones are only counted. */
export const MAX_DIAGNOSTICS = 1000;

/** Where and what a diagnostic is about, in offsets of the block that is being parsed. */
export interface DiagnosticPlace {
  readonly severity: Severity;
  /** Line in the block, from 1: that of the first byte meant, or an earlier one of its record. */
  readonly line: number;
  /** Offset of that line's first byte in the block. */
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
  /** The line that the last place was said to be on, and how far its lines were counted from there. */
  #given = -1;
  #counted = 0;
  #line = 0;
  #lineStart = 0;

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
    this.#countLines(place);
    const { severity, start, end, expected } = place;
    const exact = { severity, line: this.#line, lineStart: this.#lineStart, start, end, expected };
    this.#kept.push(makeDiagnostic(this.#bytes, this.#origin, exact));
  }

  /** A record of many lines may be odd on a later one than its first: each byte is counted once. */
  #countLines({ line, lineStart, start }: DiagnosticPlace): void {
    if (lineStart !== this.#given || start < this.#counted) {
      this.#given = lineStart;
      this.#counted = lineStart;
      this.#line = line;
      this.#lineStart = lineStart;
    }
    for (; this.#counted < start; this.#counted++) {
      if (this.#bytes[this.#counted] !== LINE_FEED) continue;
      this.#line++;
      this.#lineStart = this.#counted + 1;
    }
  }

  /** Gives them in the order of the input, with the count of the omitted as the last. */
  all(): readonly Diagnostic[] {
    const last = this.#kept.at(-1);
    if (this.#omitted === 0 || last === undefined) return this.#kept;
    const expected = `at most ${MAX_DIAGNOSTICS} diagnostics`;
    const closing = { ...last, severity: 'warning', expected } as const;
    return [...this.#kept, withFound(closing, `${this.#omitted} more, not listed`)];
  }
}

/** Makes one diagnostic, its place counted from the beginning of the whole input. */
export function makeDiagnostic(
  bytes: Uint8Array,
  origin: SourceOrigin,
  place: DiagnosticPlace,
): Diagnostic {
  const { severity, expected, line, lineStart, start } = place;
  const found = excerpt(bytes, start, place.end);
  return {
    severity,
    line: origin.line + line - 1,
    column: start - lineStart + 1,
    start: origin.offset + start,
    end: origin.offset + place.end,
    expected,
    found,
    message: messageOf(expected, found),
  };
}

/** Gives the same diagnostic with something else found. */
export function withFound(diagnostic: Diagnostic, found: string): Diagnostic {
  return { ...diagnostic, found, message: messageOf(diagnostic.expected, found) };
}

function messageOf(expected: string, found: string): string {
  return `expected ${expected}, found ${found}`;
}
