import wrapAnsi from 'wrap-ansi';
import { isNarrow } from './column-width.ts';

/**
 * Breaks a text at words into lines of so many columns; a longer word keeps its own line whole. Plain
 * words are broken here: a long capture has millions of sentences, and looking for colours and wide
 * characters in each takes a hundred times as long.
 *
 * @example
 * wrapLines('The proxy sends a FIN', 10) // ['The proxy', 'sends a', 'FIN']
 */
export function wrapLines(text: string, columns: number): string[] {
  if (!isNarrow(text) || /^ | {2}| $/.test(text)) {
    return wrapAnsi(text, columns, { trim: true }).split('\n');
  }
  const lines: string[] = [];
  let from = 0;
  while (text.length - from > columns) {
    const back = text.lastIndexOf(' ', from + columns);
    const at = back > from ? back : text.indexOf(' ', from + columns);
    if (at < 0) break;
    lines.push(text.slice(from, at));
    from = at + 1;
  }
  return [...lines, text.slice(from)];
}
