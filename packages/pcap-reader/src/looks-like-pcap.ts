import { formatOf } from './file-header.ts';

/**
 * Says whether an input is a capture file, pcap or pcapng, by the number that it begins with.
 *
 * @example
 * looksLikePcap(new Uint8Array([0x0a, 0x0d, 0x0d, 0x0a])) // true
 */
export function looksLikePcap(input: Uint8Array): boolean {
  return formatOf(input) !== null;
}
