import { isIpv6, readIpv4 } from '@tuplescope/net';
import { type Interner, isDigit, readUnsigned } from '@tuplescope/scan';
import type { EntryDraft } from './entry-draft.ts';
import { TEXT_ADDRESS } from './entry-flags.ts';
import type { Field } from './fields.ts';

const MOST_32_BIT = 0xffffffff;

/** Which end of a tuple. */
export type End = 'src' | 'dst';

/** Reads an address into the draft's tuple of a direction; false where it is none. */
export function readAddressValue(
  bytes: Uint8Array,
  start: number,
  end: number,
  draft: EntryDraft,
  direction: 0 | 1,
  which: End,
  pool: Interner,
): boolean {
  const tuple = draft.tuples[direction];
  const ipv4 = readIpv4(bytes, start, end);
  if (ipv4 >= 0) {
    tuple[which] = ipv4;
    return true;
  }
  if (!isIpv6(bytes, start, end)) {
    draft.refuse(start, end, 'an IPv4 or IPv6 address');
    return false;
  }
  tuple[which] = pool.intern(bytes, start, end);
  draft.flags |= TEXT_ADDRESS << (direction * 2 + (which === 'src' ? 0 : 1));
  return true;
}

/** Reads a decimal number up to `most`; -1, and a refusal in the draft, where it is none. */
export function readLimited(
  bytes: Uint8Array,
  start: number,
  end: number,
  draft: EntryDraft,
  most: number = MOST_32_BIT,
): number {
  const value = readUnsigned(bytes, start, end);
  if (value >= 0 && value <= most) return value;
  return draft.refuse(start, end, `a number from 0 to ${most}`);
}

/**
 * Reads a 64-bit counter into a field. One over 2^53 - 1 would lose digits: the field stays unset and
 * the draft's doubt says so.
 */
export function readCounter(
  bytes: Uint8Array,
  start: number,
  end: number,
  draft: EntryDraft,
  field: Field,
): boolean {
  const value = readUnsigned(bytes, start, end);
  if (value >= 0) {
    draft.set(field, value);
    return true;
  }
  let digitsEnd = start;
  while (digitsEnd < end && isDigit(bytes[digitsEnd])) digitsEnd++;
  if (digitsEnd < end || start === end) {
    draft.refuse(start, end, 'a decimal number');
    return false;
  }
  draft.doubt = { start, end, expected: `a number up to ${Number.MAX_SAFE_INTEGER}` };
  return true;
}
