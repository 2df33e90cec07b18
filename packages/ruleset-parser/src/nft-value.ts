import type { WordCursor } from './word-cursor.ts';

/** Between two words of one value: `10.0.0.1 . 80`, `syn / fin,syn`, `fin | syn`. */
const JOINERS: ReadonlySet<string> = new Set(['.', '/', '|', '&', '^', ':']);

/**
 * Reads a value: a word, words that belong together, a set in braces without its braces.
 *
 * @example
 * readValue(cursor) // '80,443', of `{ 80, 443 } accept`
 */
export function readValue(cursor: WordCursor): string {
  let value = readPart(cursor);
  while (JOINERS.has(cursor.peek())) value += ` ${cursor.take()} ${readPart(cursor)}`;
  return value;
}

function readPart(cursor: WordCursor): string {
  if (cursor.accept('{')) return readUntil(cursor, '}');
  if (cursor.accept('(')) return readUntil(cursor, ')').replaceAll(' | ', ',');
  return cursor.take();
}

/** Reads to the closing brace of the one just taken; braces inside are kept. */
function readUntil(cursor: WordCursor, closing: '}' | ')'): string {
  const opening = closing === '}' ? '{' : '(';
  const parts: string[] = [];
  let part = '';
  for (let depth = 1; !cursor.done; ) {
    const word = cursor.take();
    if (word === opening) depth++;
    if (word === closing && --depth === 0) break;
    if (word === ',' && depth === 1) {
      parts.push(part);
      part = '';
    } else part += part === '' ? word : ` ${word}`;
  }
  if (part !== '') parts.push(part);
  return parts.join(',');
}
