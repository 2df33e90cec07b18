import { type Interner, isDigit, readUnsigned, SparseColumn } from '@tuplescope/scan';
import { RepeatedText } from './repeated-text.ts';

/** Shorter numbers (`index 3`) are few and may stay in the text. */
const LONG_NUMBER = 4;

/**
 * A column of texts that differ in one long number, as conntrack's reasons do: `SEQ is over upper
 * bound 66001916 (over the window of the receiver)`. What stands before the number and behind it is
 * kept once, the number in a column.
 */
export class NumberedTexts {
  readonly #texts: Interner;
  readonly #head: RepeatedText;
  readonly #tail: RepeatedText;
  readonly #heads: SparseColumn = new SparseColumn();
  readonly #numbers: SparseColumn = new SparseColumn();
  readonly #tails: SparseColumn = new SparseColumn();

  /** @param texts has the empty text under number 0. */
  constructor(texts: Interner) {
    this.#texts = texts;
    this.#head = new RepeatedText(texts);
    this.#tail = new RepeatedText(texts);
  }

  /** Puts the text in these bytes into a row. */
  set(row: number, bytes: Uint8Array, start: number, end: number): void {
    const numberStart = findLongNumber(bytes, start, end);
    let numberEnd = numberStart;
    while (numberEnd < end && isDigit(bytes[numberEnd])) numberEnd++;
    // A leading zero would be lost.
    const isNumber = numberStart < end && bytes[numberStart] !== 0x30;
    const number = isNumber ? readUnsigned(bytes, numberStart, numberEnd) : -1;
    if (number < 0) {
      this.#heads.set(row, this.#head.intern(bytes, start, end));
      return;
    }
    this.#heads.set(row, this.#head.intern(bytes, start, numberStart));
    this.#numbers.set(row, number);
    this.#tails.set(row, this.#tail.intern(bytes, numberEnd, end));
  }

  /** Gives the text of a row, or null where none was set. */
  get(row: number): string | null {
    const head = this.#heads.get(row);
    if (head === null) return null;
    const number = this.#numbers.get(row);
    if (number === null) return this.#texts.text(head);
    return `${this.#texts.text(head)}${number}${this.#texts.text(this.#tails.get(row) ?? 0)}`;
  }

  /** Gives the memory of unused rows back. */
  trim(rows: number): void {
    for (const column of [this.#heads, this.#numbers, this.#tails]) column.trim(rows);
  }
}

/** The start of the first run of at least four digits, or `end`. */
function findLongNumber(bytes: Uint8Array, start: number, end: number): number {
  let run = 0;
  for (let i = start; i < end; i++) {
    run = isDigit(bytes[i]) ? run + 1 : 0;
    if (run === LONG_NUMBER) return i - LONG_NUMBER + 1;
  }
  return end;
}
