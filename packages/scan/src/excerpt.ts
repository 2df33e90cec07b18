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
  const shown = end - start > MAX_BYTES ? characterStart(bytes, start + MAX_BYTES) : end;
  const rest = shown < end ? ` and ${end - shown} bytes more` : '';
  return `"${visible(decodeText(bytes, start, shown))}"${rest}`;
}

/** Goes back to where a UTF-8 character begins: at most three bytes, a longer run is no UTF-8. */
function characterStart(bytes: Uint8Array, at: number): number {
  let i = at;
  while (i > at - 3 && ((bytes[i] as number) & 0xc0) === 0x80) i--;
  return ((bytes[i] as number) & 0xc0) === 0x80 ? at : i;
}

/**
 * Control characters, the marks that reorder text and those of no width: they would change how a
 * report reads.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters it looks for
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Writes each control, bidirectional or invisible character of a text as an escape, so that text from an
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
