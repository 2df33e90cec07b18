import { decodeText } from './text.ts';

const MAX_BYTES = 60;

/**
 * Shows bytes of an input in a message: quoted, at most 60 of them, control characters (an escape
 * sequence, a NUL, a bidirectional override) written as `\x1b` or `\u202e` so that they do nothing.
 *
 * @example
 * excerpt(new TextEncoder().encode('tcp\u001b[31m'), 0, 8) // '"tcp\\x1b[31m"'
 */
export function excerpt(bytes: Uint8Array, start: number, end: number): string {
  if (start >= end) return 'the end of the line';
  const cut = end - start > MAX_BYTES;
  const text = decodeText(bytes, start, cut ? start + MAX_BYTES : end);
  return `"${visible(text)}"${cut ? ` and ${end - start - MAX_BYTES} bytes more` : ''}`;
}

/** Control characters, and the marks that reorder text: they would change how a report reads. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters it looks for
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Writes each control or bidirectional character of a text as an escape, so that text from an
 * incident can be printed on a terminal.
 *
 * @example
 * visible('a\u0000b') // 'a\\x00b'
 */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const hex = character.charCodeAt(0).toString(16);
    return hex.length <= 2 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
}
