import { BYTE_ORDER_MAGIC } from './block-types.ts';
import { u32, u32In } from './byte-order.ts';
import { formatOf } from './file-header.ts';

/**
 * Says whether an input is a capture file: a pcap by the number that it begins with, a pcapng also by
 * the byte order that its first block tells, because that block's type is a line ending in text.
 *
 * @example
 * looksLikePcap(new Uint8Array([0xd4, 0xc3, 0xb2, 0xa1])) // true
 */
export function looksLikePcap(input: Uint8Array): boolean {
  const format = formatOf(input);
  if (format !== 'pcapng') return format !== null;
  return (
    input.length >= 12 &&
    (u32(input, 8) === BYTE_ORDER_MAGIC || u32In(input, 8, true) === BYTE_ORDER_MAGIC)
  );
}
