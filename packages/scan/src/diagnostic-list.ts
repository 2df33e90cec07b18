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
    this.#kept.push(makeDiagnostic(this.#bytes, this.#origin, place));
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
  const { severity, expected, start } = place;
  const { line, lineStart } = lineOf(bytes, place);
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

/** A record of many lines may be odd on a later one than its first. */
function lineOf(
  bytes: Uint8Array,
  { line, lineStart, start }: DiagnosticPlace,
): { line: number; lineStart: number } {
  const last = start > lineStart ? bytes.lastIndexOf(LINE_FEED, start - 1) : -1;
  if (last < lineStart) return { line, lineStart };
  let number = line;
  for (let at = lineStart; at <= last; at++) if (bytes[at] === LINE_FEED) number++;
  return { line: number, lineStart: last + 1 };
}
