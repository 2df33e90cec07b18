import { BLANK, type DiagnosticList, hexDigit, type Severity } from '@tuplescope/scan';

const CLOSE = 0x5d;
const EQUALS = 0x3d;
/** A blank and `HOPLIMIT=`: a line that ends before so many bytes more is no usual one. */
const LONGEST_KEY = 10;

/**
 * Packs the first three characters of a field's name, which tell all of LOG's fields apart, into a
 * number that a switch can compare.
 *
 * @example
 * fieldWord('SRC') // 0x535243
 */
export function fieldWord(name: string): number {
  return (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2);
}

/**
 * Walks the fields of a LOG line. Any byte up to a blank separates two of them, a line feed too: a
 * mail program may have broken the line.
 *
 * A number that the line's end touches may have lost digits (`DPT=77` of `DPT=7777`), so unless the
 * kernel prints nothing behind it, it is not taken.
 */
export class FieldCursor {
  /** The input. */
  readonly bytes: Uint8Array;
  /** Offset of the field at hand. */
  at = 0;
  /** Offset after the record's last byte. */
  end = 0;
  /** The first three bytes of the field at hand, a separator as a blank: see `fieldWord`. */
  word = 0;
  /** Offset of the value that the end of the line cut, or -1. */
  cutAt = -1;
  /** More than one blank stood between two fields. */
  isSpaced = false;
  readonly #diagnostics: DiagnosticList;
  readonly #view: DataView;
  #line = 0;
  #lineStart = 0;

  constructor(bytes: Uint8Array, diagnostics: DiagnosticList) {
    this.bytes = bytes;
    this.#diagnostics = diagnostics;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Begins a record: `line` is its number in the block, `lineStart` its first byte. */
  startLine(line: number, lineStart: number): void {
    this.#line = line;
    this.#lineStart = lineStart;
    this.cutAt = -1;
    this.isSpaced = false;
  }

  /** Moves to the next field; false at the end of the record. */
  next(): boolean {
    const { bytes, end } = this;
    const start = this.at;
    let at = start;
    while (at < end && (bytes[at] as number) <= BLANK) at++;
    this.at = at;
    if (at >= end) return false;
    if (at - start > 1) this.isSpaced = true;
    this.word = at + 4 <= end ? this.#view.getInt32(at) >>> 8 : this.#lastWord();
    // A line feed or a tab behind a word of two letters is as good as a blank.
    if ((this.word & 0xff) < BLANK) this.word = (this.word & 0xffff00) | BLANK;
    return true;
  }

  /**
   * Moves to the next field where it is this key, behind one blank; false where it is another.
   *
   * @param word the key's first three bytes, see `fieldWord`.
   * @param keyLength the key's length, `=` included.
   */
  moveToKey(word: number, keyLength: number): boolean {
    if (!this.moveToWord(word)) return false;
    if (this.bytes[this.at + keyLength - 1] === EQUALS) return true;
    this.at--;
    return false;
  }

  /** The same for a word without a value. */
  moveToWord(word: number): boolean {
    const { at } = this;
    if (at + LONGEST_KEY > this.end) return false;
    if (this.#view.getInt32(at) !== ((BLANK << 24) | word)) return false;
    this.at = at + 1;
    return true;
  }

  /** Says whether the field at hand is a key of this length, `=` included. */
  isKey(length: number): boolean {
    return this.bytes[this.at + length - 1] === EQUALS && this.at + length <= this.end;
  }

  /** Says whether the field at hand is a bare word of this length, whole: `URG` may be cut from `URGP=0`. */
  isWord(length: number): boolean {
    return this.at + length < this.end && this.#isBreak(this.at + length);
  }

  /** Passes over the field at hand, up to the next separator. */
  skip(): void {
    this.at = this.valueEnd(0);
  }

  /** Gives the offset after the value that begins `keyLength` bytes into the field at hand. */
  valueEnd(keyLength: number): number {
    let at = this.at + keyLength;
    while (at < this.end && (this.bytes[at] as number) > BLANK) at++;
    return at;
  }

  /** Reads the number behind a key and passes over it; -1 where it is none, too large, or cut. */
  number(keyLength: number, max: number): number {
    const field = this.at;
    const value = this.lastNumber(keyLength, max);
    if (this.at < this.end) return value;
    this.cutAt = field;
    return -1;
  }

  /** The same for a number that may be the last of its line. */
  lastNumber(keyLength: number, max: number): number {
    const { bytes, end } = this;
    const start = this.at + keyLength;
    let value = 0;
    let at = start;
    for (; at < end; at++) {
      const digit = (bytes[at] as number) - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at > start && value <= max && (at >= end || this.#isBreak(at))) {
      this.at = at;
      return value;
    }
    return this.#refuse(keyLength, `a number from 0 to ${max}`);
  }

  /** Reads a hexadecimal number, with `0x` or without, and passes over it; -1 as `number`. */
  hex(keyLength: number, max: number): number {
    const field = this.at;
    const value = this.lastHex(keyLength, max);
    if (this.at < this.end) return value;
    this.cutAt = field;
    return -1;
  }

  /** The same for a number that may be the last of its line. */
  lastHex(keyLength: number, max: number): number {
    const { bytes, end } = this;
    const start = this.at + keyLength;
    let at = bytes[start] === 0x30 && bytes[start + 1] === 0x78 ? start + 2 : start;
    const first = at;
    let value = 0;
    for (; at < end; at++) {
      const digit = hexDigit(bytes[at] as number);
      if (digit < 0) break;
      value = value * 16 + digit;
    }
    if (at > first && value <= max && (at >= end || this.#isBreak(at))) {
      this.at = at;
      return value;
    }
    return this.#refuse(keyLength, `a hexadecimal number up to 0x${max.toString(16)}`);
  }

  /** Adds a diagnostic on this record. */
  complain(severity: Severity, start: number, end: number, expected: string): void {
    const line = this.#line;
    this.#diagnostics.add({ severity, line, lineStart: this.#lineStart, start, end, expected });
  }

  #lastWord(): number {
    const { bytes, at, end } = this;
    const second = at + 1 < end ? (bytes[at + 1] as number) : BLANK;
    const third = at + 2 < end ? (bytes[at + 2] as number) : BLANK;
    return ((bytes[at] as number) << 16) | (second << 8) | third;
  }

  #isBreak(at: number): boolean {
    const byte = this.bytes[at] as number;
    return byte <= BLANK || byte === CLOSE;
  }

  #refuse(keyLength: number, expected: string): number {
    const field = this.at;
    this.at = this.valueEnd(keyLength);
    if (this.at >= this.end) this.cutAt = field;
    else this.complain('warning', field + keyLength, this.at, expected);
    return -1;
  }
}
