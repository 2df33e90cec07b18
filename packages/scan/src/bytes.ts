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
 * Reads an unsigned decimal number that fills the whole range, or gives -1 where another byte
 * stands in it, where it is empty, or where it is over 2^53 - 1 and would lose digits.
 *
 * @example
 * readUnsigned(toBytes('15001'), 0, 5) // 15001
 */
export function readUnsigned(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || end - start > 16) return start < end ? readLong(bytes, start, end) : -1;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = (bytes[i] as number) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value <= Number.MAX_SAFE_INTEGER ? value : -1;
}

/** Leading zeros can make a small number long. */
function readLong(bytes: Uint8Array, start: number, end: number): number {
  let first = start;
  while (first < end - 1 && bytes[first] === 48) first++;
  return end - first > 16 ? -1 : readUnsigned(bytes, first, end);
}

/**
 * Reads an unsigned hexadecimal number without prefix that fills the whole range, or gives -1 where
 * another byte stands in it, where it is empty, or where it has more than 13 digits after its
 * leading zeros: 52 bits are exact in a number.
 *
 * @example
 * readHex(toBytes('3a99'), 0, 4) // 15001
 */
export function readHex(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) return -1;
  let first = start;
  while (end - first > 13 && bytes[first] === 48) first++;
  if (end - first > 13) return -1;
  let value = 0;
  for (let i = first; i < end; i++) {
    const byte = bytes[i] as number;
    const lower = byte | 0x20;
    const digit = byte <= 57 ? byte - 48 : lower >= 97 ? lower - 87 : -1;
    if (digit < 0 || digit > 15) return -1;
    value = value * 16 + digit;
  }
  return value;
}
