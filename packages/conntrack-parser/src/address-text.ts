import { formatIpv4, formatIpv6, parseIpv6 } from '@tuplescope/net';
import type { Interner } from '@tuplescope/scan';

/**
 * Gives the text of an address: an IPv4 number, or a number of the pool. IPv6 is written as RFC 5952
 * says, because /proc prints all eight groups and `conntrack` does not.
 */
export function addressText(pool: Interner, isText: boolean, value: number): string {
  if (!isText) return formatIpv4(value);
  const text = pool.text(value);
  const groups = parseIpv6(text);
  return groups === null ? text : formatIpv6(groups);
}
