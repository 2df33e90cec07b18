import type { Interner } from '@tuplescope/scan';

/**
 * The texts of one column, of which most lines repeat the one before: comparing with that costs half
 * of finding it again.
 */
export class RepeatedText {
  readonly #texts: Interner;
  #start = 0;
  #end = 0;
  #id = 0;

  /** @param texts has the empty text under number 0. */
  constructor(texts: Interner) {
    this.#texts = texts;
  }

  /** Gives the number of the text in these bytes, which are always of the same input. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    if (start === end) return 0;
    if (this.#isSame(bytes, start, end)) return this.#id;
    this.#start = start;
    this.#end = end;
    this.#id = this.#texts.intern(bytes, start, end);
    return this.#id;
  }

  #isSame(bytes: Uint8Array, start: number, end: number): boolean {
    const last = this.#start;
    if (this.#end - last !== end - start) return false;
    for (let i = start, j = last; i < end; i++, j++) if (bytes[i] !== bytes[j]) return false;
    return true;
  }
}
