import type { ScenarioProblem } from './scenario-error.ts';

/** A word of a line, and where it begins. */
export interface Word {
  readonly text: string;
  /** From 1. */
  readonly column: number;
}

/** Thrown inside of the parser for one line; caught where the lines are. */
export class LineProblem extends Error {
  readonly problem: Omit<ScenarioProblem, 'line' | 'text'>;

  constructor(word: Word, expected: string, example: string) {
    super(expected);
    const found = word.text === '' ? 'the end of the line' : JSON.stringify(word.text);
    this.problem = { column: word.column, expected, found, example };
  }
}

/** Words are parted by blanks, but for what stands in "…", <…> or […]. */
const WORD = /"[^"]*"?|<\S[^>]*>|\[[^\]]*\]?\S*|[^\s"]+/y;

/** Cuts a line into words, its comment left out: from `#` or `//` on, outside of quotes. */
export function splitLine(text: string): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at] as string)) {
      at++;
      continue;
    }
    if (text[at] === '#' || text.startsWith('//', at)) break;
    WORD.lastIndex = at;
    const word = WORD.exec(text)?.[0] ?? (text[at] as string);
    words.push({ text: word, column: at + 1 });
    at += word.length;
  }
  return words;
}

/** Hands a line's words out one by one. */
export interface LineCursor {
  /** The next word, its text empty at the end of the line; it stays. */
  peek(): Word;
  /** The next word, taken. */
  take(): Word;
  /** Takes the next word if it is this. */
  takeIf(text: string): boolean;
  readonly isAtEnd: boolean;
}

/** Makes a cursor over a line. */
export function createLineCursor(text: string): LineCursor {
  const words = splitLine(text);
  const end: Word = { text: '', column: text.trimEnd().length + 1 };
  let next = 0;
  return {
    peek: () => words[next] ?? end,
    take: () => words[next++] ?? end,
    takeIf(wanted) {
      if (words[next]?.text !== wanted) return false;
      next++;
      return true;
    },
    get isAtEnd() {
      return next >= words.length;
    },
  };
}
