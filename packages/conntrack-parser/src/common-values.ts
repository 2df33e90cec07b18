import { BLANK, type Interner } from '@tuplescope/scan';
import { isIpv6 } from './ipv6-text.ts';

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
  at: number,
  column: Uint32Array,
  cell: number,
  pool: Interner,
): number {
  let address = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  let i = at;
  for (; ; i++) {
    const byte = bytes[i] as number;
    const digit = byte - 48;
    if (digit >= 0 && digit <= 9) {
      // A leading zero, or more than an octet holds: no IPv4 address.
      if (digits > 0 && part === 0) break;
      part = part * 10 + digit;
      if (part > 255) break;
      digits++;
    } else if (byte === DOT) {
      if (digits === 0 || ++dots > 3) break;
      address = (address << 8) | part;
      part = 0;
      digits = 0;
    } else if (byte === BLANK && dots === 3 && digits > 0) {
      column[cell] = (address << 8) | part;
      return (i - at) * 2;
    } else break;
  }
  return readIpv6(bytes, at, column, cell, pool);
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
