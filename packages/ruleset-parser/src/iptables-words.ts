import { BLANK, TAB } from '@tuplescope/scan';

/** A word of a rule's text. */
export interface Word {
  readonly text: string;
  /** It stood in quotes, so that it is a value even where it begins with a hyphen. */
  readonly quoted: boolean;
}

/**
 * Splits a rule into words as iptables-restore does: blanks separate, `"…"` and `'…'` keep blanks,
 * a backslash inside double quotes takes the next character as it is.
 *
 * @example
 * splitWords('--comment "say \\"no\\""')
 * // [{ text: '--comment', quoted: false }, { text: 'say "no"', quoted: true }]
 */
export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < text.length; ) {
    const first = text.charCodeAt(at);
    if (first === BLANK || first === TAB) at++;
    else if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) at = readQuoted(text, at, words);
    else {
      const start = at;
      do at++;
      while (at < text.length && text.charCodeAt(at) !== BLANK && text.charCodeAt(at) !== TAB);
      words.push({ text: text.slice(start, at), quoted: false });
    }
  }
  return words;
}

const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;

function readQuoted(text: string, start: number, words: Word[]): number {
  const quote = text[start];
  let value = '';
  let kept = start + 1;
  let at = kept;
  for (; at < text.length && text[at] !== quote; at++) {
    if (text[at] !== '\\' || quote !== '"') continue;
    value += text.slice(kept, at);
    kept = ++at;
  }
  words.push({ text: value + text.slice(kept, at), quoted: true });
  return at + 1;
}
