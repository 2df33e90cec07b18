import { u16 } from './byte-order.ts';
import type { PcapChecksum } from './pcap-segment.ts';

const TCP = 6;
/** Where the checksum stands in a TCP header. */
const CHECKSUM = 16;

/**
 * Judges the checksum of a TCP segment (RFC 9293 section 3.1): the one's complement of the one's
 * complement sum of the addresses, the protocol, the length and the segment.
 *
 * @param addresses offset of the two addresses in the IP header.
 * @param addressLength bytes of both together: 8 or 32.
 * @param start offset of the TCP header.
 * @param end offset after the segment's last byte.
 */
export function judgeChecksum(
  bytes: Uint8Array,
  addresses: number,
  addressLength: number,
  start: number,
  end: number,
): PcapChecksum {
  const value = u16(bytes, start + CHECKSUM);
  let sum = TCP + (end - start);
  sum += sumWords(bytes, addresses, addresses + addressLength);
  sum += sumWords(bytes, start, start + CHECKSUM);
  sum += sumWords(bytes, start + CHECKSUM + 2, end);
  while (sum > 0xffff) sum = (sum % 0x10000) + Math.floor(sum / 0x10000);
  const expected = ~sum & 0xffff;
  // 0 and 0xffff are the same in one's complement.
  const correct = value === expected || (value % 0xffff === 0 && expected % 0xffff === 0);
  return correct ? { value, correct } : { value, correct, expected };
}

/** An odd last byte counts as the upper one of a word. */
function sumWords(bytes: Uint8Array, start: number, end: number): number {
  let sum = 0;
  let at = start;
  for (; at + 1 < end; at += 2) sum += u16(bytes, at);
  return at < end ? sum + (bytes[at] as number) * 256 : sum;
}
