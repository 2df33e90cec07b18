/**
 * Says whether a byte is a decimal digit.
 *
 * @example
 * isDigit(0x37) // true
 */
export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

/**
 * Gives the value of a hexadecimal digit of either case, or -1.
 *
 * @example
 * hexDigit(0x46) // 15
 */
export function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 0x20;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/**
 * Reads exactly `count` decimal digits, as dates have them, or gives -1. At most 15 digits.
 *
 * @example
 * readDigits(toBytes('2026-11-22'), 5, 10, 2) // 11
 */
export function readDigits(bytes: Uint8Array, at: number, end: number, count: number): number {
  if (count < 1 || at + count > end) return -1;
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = (bytes[i] as number) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
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
    const digit = hexDigit(bytes[i] as number);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}
