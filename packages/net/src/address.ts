import { formatIpv4, parseIpv4 } from './ipv4.ts';
import { formatIpv6, mappedIpv4, parseIpv6 } from './ipv6.ts';

/**
 * Brings the many spellings of an address to one: an IPv4-mapped IPv6 address becomes its IPv4
 * address, IPv6 takes the form of RFC 5952, a zone (`%lo`) is dropped, also from the `*` that tools
 * print for any address. Text that is no address is given back as it came.
 *
 * @example
 * normalizeAddress('::ffff:10.0.0.1') // '10.0.0.1'
 * normalizeAddress('FD00:0:0::1%eth0') // 'fd00::1'
 */
export function normalizeAddress(text: string): string {
  const zone = text.indexOf('%');
  const bare = zone < 0 ? text : text.slice(0, zone);
  if (!bare.includes(':')) return bare === '*' || parseIpv4(bare) !== null ? bare : text;
  const groups = parseIpv6(bare);
  if (groups === null) return text;
  const mapped = mappedIpv4(groups);
  return mapped === null ? formatIpv6(groups) : formatIpv4(mapped);
}

/**
 * Says whether two spellings mean the same address.
 *
 * @example
 * isSameAddress('::ffff:10.0.0.1', '10.0.0.1') // true
 */
export function isSameAddress(a: string, b: string): boolean {
  return a === b || normalizeAddress(a) === normalizeAddress(b);
}

/**
 * Says whether an address never leaves the host: 127.0.0.0/8 (RFC 1122 section 3.2.1.3) or ::1.
 *
 * @example
 * isLoopback('127.0.0.6') // true
 */
export function isLoopback(address: string): boolean {
  const normal = normalizeAddress(address);
  return normal === '::1' || (parseIpv4(normal) ?? 0) >>> 24 === 127;
}

/**
 * Says whether an address means "any": 0.0.0.0, :: or the `*` that tools print for both.
 *
 * @example
 * isAnyAddress('*') // true
 * isAnyAddress('0.0.0.0%eth0') // true
 */
export function isAnyAddress(address: string): boolean {
  return ['*', '0.0.0.0', '::'].includes(normalizeAddress(address));
}
