import {
  CARRIAGE_RETURN,
  decodeText,
  isSpace,
  LINE_FEED,
  skipSpace,
  startsWithAt,
} from '@tuplescope/scan';

/** Walks the words of a text; blanks inside parentheses and quotes do not end one. */
export class WordReader {
  readonly bytes: Uint8Array;
  readonly to: number;
  /** The word: its offsets and its text. */
  start = 0;
  end: number;
  text = '';

  constructor(bytes: Uint8Array, from: number, to: number) {
    this.bytes = bytes;
    this.end = from;
    this.to = to;
  }

  next(): boolean {
    const start = skipSpace(this.bytes, this.end, this.to);
    if (start >= this.to) return false;
    this.start = start;
    this.end = this.#wordEnd(start);
    this.text = decodeText(this.bytes, start, this.end);
    return true;
  }

  /** The next word, which stays the next; empty where there is none. */
  peek(): string {
    const start = skipSpace(this.bytes, this.end, this.to);
    return start >= this.to ? '' : decodeText(this.bytes, start, this.#wordEnd(start));
  }

  /** Goes on from an offset. */
  goTo(end: number, text: string = this.text): void {
    this.end = end;
    this.text = text;
  }

  /** Makes the word longer. */
  takeTo(end: number): void {
    this.end = end;
    this.text = decodeText(this.bytes, this.start, end).trimEnd();
  }

  /** Takes what follows up to the end of the line. */
  restOfLine(): string {
    const start = skipSpace(this.bytes, this.end, this.to);
    let end = start;
    while (end < this.to && !isLineEnd(this.bytes[end])) end++;
    this.end = end;
    return decodeText(this.bytes, start, end).trim();
  }

  /** Takes the numbers that follow. */
  numbers(): string {
    const numbers: string[] = [];
    while (/^\d+$/.test(this.peek()) && this.next()) numbers.push(this.text);
    return numbers.join(' ');
  }

  isWordEnd(at: number): boolean {
    return at >= this.to || isSpace(this.bytes[at]);
  }

  #wordEnd(start: number): number {
    const { bytes, to } = this;
    // A path may have any parenthesis, and `users:` is read by its own rules.
    const isPlain =
      startsWithAt(bytes, start, to, 'cgroup:') || startsWithAt(bytes, start, to, 'users:');
    const isQuoted = startsWithAt(bytes, start, to, 'opt:"');
    let depth = 0;
    for (let at = isQuoted ? start + 5 : start; at < to; at++) {
      const byte = bytes[at];
      if (isLineEnd(byte)) return at;
      if (isQuoted) {
        if (byte === 0x22) return at + 1;
      } else if (isSpace(byte)) {
        if (depth === 0) return at;
      } else if (!isPlain && byte === 0x28) depth++;
      else if (!isPlain && byte === 0x29) depth--;
      if (depth < 0) depth = 0;
    }
    return to;
  }
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}
