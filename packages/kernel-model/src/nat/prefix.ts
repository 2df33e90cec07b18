import type { AddressBook } from '../conntrack/address-book.ts';
import { IPV4 } from '../conntrack/segment.ts';

/** The addresses that begin with the same bits. */
export interface Prefix {
  readonly family: number;
  readonly address: number;
  readonly length: number;
}

/** Reads `10.30.0.0/16`, or an address alone, or gives null where the text is neither. */
export function readPrefix(text: string, book: AddressBook): Prefix | null {
  const [address = '', length, ...more] = text.split('/');
  const read = book.read(address);
  if (read === null || more.length > 0) return null;
  const longest = read.family === IPV4 ? 32 : 128;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return null;
  const bits = length === undefined ? longest : Number(length);
  return bits > longest ? null : { family: read.family, address: read.number, length: bits };
}

/** Says whether an address is under a prefix. */
export function isUnder(
  prefix: Prefix,
  family: number,
  address: number,
  book: AddressBook,
): boolean {
  if (family !== prefix.family) return false;
  if (family === IPV4) {
    const shift = 32 - prefix.length;
    return shift === 32 || (address ^ prefix.address) >>> shift === 0;
  }
  const wanted = book.groups(prefix.address);
  const groups = book.groups(address);
  for (let i = 0, left = prefix.length; left > 0; i++, left -= 16) {
    const shift = Math.max(0, 16 - left);
    if (((groups[i] ?? 0) ^ (wanted[i] ?? 0)) >>> shift !== 0) return false;
  }
  return true;
}
