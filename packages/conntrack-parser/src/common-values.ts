import { isIpv6 } from '@tuplescope/net';
import { BLANK, type Interner } from '@tuplescope/scan';

const DOT = 0x2e;
const LONGEST_IPV6 = 45;
/** Fifteen digits stay below 2^53. */
const MOST_DIGITS = 15;

/**
 * Reads an address that a blank follows into a cell. Gives twice the address's length, plus 1 where
 * the cell now holds a number of the pool; 0 where there is no address.
 */
export function readAddress(
  bytes: Uint8Array,
  from: number,
  column: Uint32Array,
  cell: number,
  pool: Interner,
): number {
  const a = readOctet(bytes, from);
  let at = from + (a >> 8);
  if (a === 0 || bytes[at] !== DOT) return readIpv6(bytes, from, column, cell, pool);
  const b = readOctet(bytes, at + 1);
  at += 1 + (b >> 8);
  if (b === 0 || bytes[at] !== DOT) return 0;
  const c = readOctet(bytes, at + 1);
  at += 1 + (c >> 8);
  if (c === 0 || bytes[at] !== DOT) return 0;
  const d = readOctet(bytes, at + 1);
  at += 1 + (d >> 8);
  if (d === 0 || bytes[at] !== BLANK) return 0;
  column[cell] = ((a & 0xff) << 24) | ((b & 0xff) << 16) | ((c & 0xff) << 8) | (d & 0xff);
  return (at - from) * 2;
}

/**
 * Reads an octet in decimal: gives it plus 256 times its digits, or 0 where there is none. A leading
 * zero is no octet (net's `readIpv4` says why).
 */
function readOctet(bytes: Uint8Array, at: number): number {
  const first = (bytes[at] as number) - 48;
  if (first < 0 || first > 9) return 0;
  const second = (bytes[at + 1] as number) - 48;
  if (second < 0 || second > 9) return first + 0x100;
  if (first === 0) return 0;
  const third = (bytes[at + 2] as number) - 48;
  if (third < 0 || third > 9) return first * 10 + second + 0x200;
  const octet = first * 100 + second * 10 + third;
  return octet > 255 ? 0 : octet + 0x300;
}

function readIpv6(
  bytes: Uint8Array,
  at: number,
  column: Uint32Array,
  cell: number,
  pool: Interner,
): number {
  let end = at;
  while (end - at <= LONGEST_IPV6 && bytes[end] !== BLANK) end++;
  if (!isIpv6(bytes, at, end)) return 0;
  column[cell] = pool.intern(bytes, at, end);
  return (end - at) * 2 + 1;
}

/** Reads a number up to 65535: gives it plus 65536 times its digits, or 0 where there is none. */
export function readShort(bytes: Uint8Array, at: number): number {
  let value = 0;
  let i = at;
  for (; i < at + 5; i++) {
    const digit = (bytes[i] as number) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  return value > 0xffff ? 0 : value + (i - at) * 0x10000;
}

/** Reads a number of at most 15 digits into a cell. Gives the offset after it, or 0. */
export function readNumber(
  bytes: Uint8Array,
  at: number,
  values: Float64Array,
  cell: number,
): number {
  let value = 0;
  let i = at;
  for (; i < at + MOST_DIGITS; i++) {
    const digit = (bytes[i] as number) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  values[cell] = value;
  return i === at ? 0 : i;
}
