import type { Diagnostic } from './diagnostic.ts';
import { type DiagnosticPlace, makeDiagnostic, withFound } from './diagnostic-list.ts';
import type { SourceOrigin } from './source-span.ts';

/**
 * Counts what is well-formed and no matter of a parser (the rest of a kernel log, packets of other
 * protocols), over all blocks of an input, to say so in one hint at the first of them.
 *
 * @example
 * const others = new OtherLines('TCP packets only', 'packets that are not TCP');
 * others.add(bytes, WHOLE_INPUT, { line: 1, lineStart: 0, start: 0, end: 42 });
 * others.hint()?.message // 'expected TCP packets only, found "22:24:26 ARP, Request who-has …"'
 */
export class OtherLines {
  readonly #expected: string;
  readonly #plural: string;
  #count = 0;
  #first: Diagnostic | null = null;

  /**
   * @param expected what the parser wants instead.
   * @param plural what these are, where there is more than one.
   */
  constructor(expected: string, plural: string) {
    this.#expected = expected;
    this.#plural = plural;
  }

  /** Counts one. */
  add(
    bytes: Uint8Array,
    origin: SourceOrigin,
    place: Omit<DiagnosticPlace, 'severity' | 'expected'>,
  ): void {
    this.#count++;
    const expected = this.#expected;
    this.#first ??= makeDiagnostic(bytes, origin, { ...place, severity: 'hint', expected });
  }

  /** Gives the one hint, or null where there was none to count. */
  hint(): Diagnostic | null {
    if (this.#first === null || this.#count === 1) return this.#first;
    return withFound(
      this.#first,
      `${this.#count} ${this.#plural}, the first of them ${this.#first.found}`,
    );
  }
}
