import type { Word } from './iptables-words.ts';

/** Walks the words of a rule. */
export class WordCursor {
  readonly #words: readonly Word[];
  #at = 0;

  constructor(words: readonly Word[]) {
    this.#words = words;
  }

  /** No word is left. */
  get done(): boolean {
    return this.#at >= this.#words.length;
  }

  /** The word that stands here, or one further on; empty after the last. */
  peek(offset = 0): string {
    return this.#words[this.#at + offset]?.text ?? '';
  }

  /** Takes the word that stands here; empty after the last. */
  take(): string {
    return this.#words[this.#at++]?.text ?? '';
  }

  /** Takes the word if it is this one, unquoted. */
  accept(text: string): boolean {
    const word = this.#words[this.#at];
    if (word === undefined || word.quoted || word.text !== text) return false;
    this.#at++;
    return true;
  }

  /** Passes over all that is left. */
  skipRest(): void {
    this.#at = this.#words.length;
  }
}
