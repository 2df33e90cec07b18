import type { Word } from './iptables-words.ts';

const ALONE = '{}();';

/**
 * Splits a rule of nft into words: braces, parentheses and a comma before a blank stand alone, text
 * in quotes is one word.
 *
 * @example
 * splitNftWords('tcp dport { 80, 443 }').map(({ text }) => text)
 * // ['tcp', 'dport', '{', '80', ',', '443', '}']
 */
export function splitNftWords(text: string): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < text.length; ) {
    const first = text[at] as string;
    if (isSpace(first)) at++;
    else if (first === '"') {
      const closing = text.indexOf('"', at + 1);
      const end = closing < 0 ? text.length : closing;
      words.push({ text: text.slice(at + 1, end), quoted: true });
      at = end + 1;
    } else if (ALONE.includes(first) || first === ',') {
      words.push({ text: first, quoted: false });
      at++;
    } else {
      const end = wordEndAt(text, at);
      words.push({ text: text.slice(at, end), quoted: false });
      at = end;
    }
  }
  return words;
}

/** A comma inside a word belongs to it: `established,related`. */
function wordEndAt(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const character = text[at] as string;
    if (isSpace(character) || ALONE.includes(character) || character === '"') return at;
    if (character === ',' && (at + 1 === text.length || isSpace(text[at + 1] as string))) return at;
  }
  return at;
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}
