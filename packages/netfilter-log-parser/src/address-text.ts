import { formatIpv6, parseIpv6, readIpv4 } from '@tuplescope/net';
import { decodeText } from '@tuplescope/scan';

/**
 * Gives the address in these bytes as text, or null where it is none. LOG writes IPv6 in full
 * (`fd00:0000:0000:0000:0000:0000:0000:0001`), all other tools in the short form of RFC 5952, so
 * that one is given.
 */
export function readAddressText(bytes: Uint8Array, start: number, end: number): string | null {
  if (readIpv4(bytes, start, end) >= 0) return decodeText(bytes, start, end);
  return readIpv6Text(bytes, start, end);
}

/** The same for IPv6 alone. */
export function readIpv6Text(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start < 2 || end - start > 45) return null;
  const groups = parseIpv6(decodeText(bytes, start, end));
  return groups === null ? null : formatIpv6(groups);
}
