import { CARRIAGE_RETURN, LINE_FEED } from './bytes.ts';

/** A longer line is no output of any of these tools; it is reported, not parsed. */
export const MAX_LINE_BYTES: number = 1 << 20;

/**
 * Walks the lines of an input: LF and CR LF end one, the last needs neither. A byte order mark
 * (EF BB BF) before a line is passed over: files that were concatenated have it in the middle. No
 * copy is made.
 *
 * @example
 * const lines = new LineScanner(toBytes('a\r\nb'));
 * while (lines.next()) {
 *   // line 1: start 0, end 1; line 2: start 3, end 4
 * }
 */
export class LineScanner {
  /** Line number, from 1; 0 before the first call of `next`. */
  line = 0;
  /** Offset of the line's first byte. */
  start = 0;
  /** Offset after the line's last byte, its line ending not included. */
  end = 0;
  /** Offset of the next line's first byte. */
  following = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Moves to the next line; false when there is none. */
  next(): boolean {
    const bytes = this.#bytes;
    if (this.following >= bytes.length) return false;
    this.line++;
    this.start = this.following;
    const lineFeed = bytes.indexOf(LINE_FEED, this.start);
    this.end = lineFeed < 0 ? bytes.length : lineFeed;
    this.following = lineFeed < 0 ? bytes.length : lineFeed + 1;
    if (this.end > this.start && bytes[this.end - 1] === CARRIAGE_RETURN) this.end--;
    const first = this.start;
    if (bytes[first] === 0xef && bytes[first + 1] === 0xbb && bytes[first + 2] === 0xbf) {
      this.start += 3;
    }
    return true;
  }
}
