import { type Diagnostic, excerpt, type SourceOrigin } from '@tuplescope/scan';
import { LineStamp } from './line-stamp.ts';
import type { NetfilterLogOptions } from './netfilter-log-options.ts';

/** What a parse remembers from block to block. */
export class LogContext {
  /** Filled anew for each line. */
  readonly stamp: LineStamp;
  #passedOver = 0;
  #first: Diagnostic | null = null;

  constructor({ utcOffsetHours = 0, year = -1 }: NetfilterLogOptions) {
    this.stamp = new LineStamp(utcOffsetHours, year);
  }

  /**
   * Counts a line that is neither a LOG line nor a message of conntrack: a whole dmesg has many, and
   * none of them is an error.
   */
  passOver(
    bytes: Uint8Array,
    origin: SourceOrigin,
    place: { readonly line: number; readonly start: number; readonly end: number },
  ): void {
    this.#passedOver++;
    if (this.#first !== null) return;
    const expected = 'a LOG line or a message of conntrack';
    const found = excerpt(bytes, place.start, place.end);
    this.#first = {
      severity: 'hint',
      line: origin.line + place.line - 1,
      column: 1,
      start: origin.offset + place.start,
      end: origin.offset + place.end,
      expected,
      found,
      message: `expected ${expected}, found ${found}`,
    };
  }

  /** Gives one hint for all lines passed over, at the first of them, or null where none was. */
  passedOver(): Diagnostic | null {
    const first = this.#first;
    if (first === null || this.#passedOver === 1) return first;
    const found = `${this.#passedOver} other lines, the first of them ${first.found}`;
    return { ...first, found, message: `expected ${first.expected}, found ${found}` };
  }
}
