/**
 * A short list of ASCII words that gives each its number, from bytes and without an allocation.
 *
 * @example
 * new WordList(['tcp', 'udp']).indexOf(toBytes('udp UNCONN'), 0, 3) // 1
 */
export class WordList {
  /** The words; a word's number is its index. */
  readonly words: readonly string[];
  /** The numbers of the words that begin with a byte. */
  readonly #byFirstByte: readonly (readonly number[])[];

  constructor(words: readonly string[]) {
    this.words = words;
    const byFirstByte: number[][] = Array.from({ length: 256 }, () => []);
    for (const [number, word] of words.entries()) byFirstByte[word.charCodeAt(0)]?.push(number);
    this.#byFirstByte = byFirstByte;
  }

  /** Gives the number of the word that fills these bytes, or -1. */
  indexOf(bytes: Uint8Array, start: number, end: number): number {
    if (start >= end) return -1;
    const candidates = this.#byFirstByte[bytes[start] as number] as readonly number[];
    for (let i = 0; i < candidates.length; i++) {
      const number = candidates[i] as number;
      if (isWordAt(bytes, start, end, this.words[number] as string)) return number;
    }
    return -1;
  }
}

function isWordAt(bytes: Uint8Array, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let i = 1; i < word.length; i++) {
    if (bytes[start + i] !== word.charCodeAt(i)) return false;
  }
  return true;
}
