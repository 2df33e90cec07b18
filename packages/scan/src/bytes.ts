/** The byte of a horizontal tab. */
export const TAB = 0x09;
/** The byte that ends a line. */
export const LINE_FEED = 0x0a;
/** The byte that precedes a line feed in text that was on Windows or a terminal. */
export const CARRIAGE_RETURN = 0x0d;
/** The byte of a space. */
export const BLANK = 0x20;

/**
 * Says whether a byte separates words inside a line: a blank or a tab.
 *
 * @example
 * isBlank(0x09) // true
 */
export function isBlank(byte: number | undefined): boolean {
  return byte === BLANK || byte === TAB;
}

/**
 * Gives the offset of the first byte from `at` on that is no blank and no tab, or `end`.
 *
 * @example
 * skipBlanks(toBytes('  tcp'), 0, 5) // 2
 */
export function skipBlanks(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && (bytes[i] === BLANK || bytes[i] === TAB)) i++;
  return i;
}

/**
 * Gives the offset of the first blank or tab from `at` on, or `end`.
 *
 * @example
 * wordEnd(toBytes('tcp 6'), 0, 5) // 3
 */
export function wordEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && bytes[i] !== BLANK && bytes[i] !== TAB) i++;
  return i;
}

/**
 * Gives the offset after the last byte before `end` that is no blank and no tab, or `start`.
 *
 * @example
 * trimEnd(toBytes('tcp  '), 0, 5) // 3
 */
export function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  let i = end;
  while (i > start && isBlank(bytes[i - 1])) i--;
  return i;
}

/**
 * Says whether the ASCII text stands at an offset, whole and before `end`.
 *
 * @example
 * startsWithAt(toBytes('sport=15001'), 0, 11, 'sport=') // true
 */
export function startsWithAt(bytes: Uint8Array, at: number, end: number, ascii: string): boolean {
  if (at + ascii.length > end) return false;
  for (let i = 0; i < ascii.length; i++) {
    if (bytes[at + i] !== ascii.charCodeAt(i)) return false;
  }
  return true;
}

/**
 * Gives the offset of a byte between `at` and `end`, or -1.
 *
 * @example
 * indexOfByte(toBytes('a=b'), 0x3d, 0, 3) // 1
 */
export function indexOfByte(bytes: Uint8Array, byte: number, at: number, end: number): number {
  for (let i = at; i < end; i++) if (bytes[i] === byte) return i;
  return -1;
}

/**
 * Says whether a byte is white space that a record may be wrapped at: a blank, a tab or a line end.
 *
 * @example
 * isSpace(0x0a) // true
 */
export function isSpace(byte: number | undefined): boolean {
  return byte === BLANK || byte === TAB || byte === LINE_FEED || byte === CARRIAGE_RETURN;
}

/**
 * Gives the offset of the first byte from `at` on that is no white space, or `end`: what
 * `skipBlanks` does, over line ends too.
 *
 * @example
 * skipSpace(toBytes(' \n tcp'), 0, 6) // 3
 */
export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && isSpace(bytes[i])) i++;
  return i;
}

/**
 * Gives the offset of the first white space from `at` on, or `end`: what `wordEnd` does, at line ends
 * too.
 *
 * @example
 * spaceAt(toBytes('tcp\n6'), 0, 5) // 3
 */
export function spaceAt(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && !isSpace(bytes[i])) i++;
  return i;
}

/**
 * Gives the offset of an ASCII text that stands whole between `at` and `end`, or -1. For a text of a
 * few different bytes: one like `aaaab` would make it look at each byte many times.
 *
 * @example
 * indexOfText(toBytes('mark=0 use=1'), 'use=', 0, 12) // 7
 */
export function indexOfText(bytes: Uint8Array, ascii: string, at: number, end: number): number {
  const first = ascii.charCodeAt(0);
  const last = end - ascii.length;
  for (let i = at; i <= last; i++) {
    if (bytes[i] === first && startsWithAt(bytes, i, end, ascii)) return i;
  }
  return -1;
}

/**
 * Gives the offset of the line feed that ends the line of an offset, or the input's end.
 *
 * @example
 * lineEndAt(toBytes('a=b\nc=d'), 1) // 3
 */
export function lineEndAt(bytes: Uint8Array, at: number): number {
  const lineFeed = bytes.indexOf(LINE_FEED, at);
  return lineFeed < 0 ? bytes.length : lineFeed;
}
