import { normalizeAddress, parseIpv4, parseIpv6 } from '@tuplescope/net';

/** The addresses that begin with the same bits. */
export interface Prefix {
  /** The address in pieces of 16 bits: two of IPv4, eight of IPv6. */
  readonly groups: readonly number[];
  /** How many bits count. */
  readonly length: number;
  /** In one spelling: without the length where the prefix is one address. */
  readonly text: string;
}

/**
 * Reads an address or a prefix, or gives null where the text is neither.
 *
 * @example
 * readPrefix('10.30.0.0/16') // { groups: [2590, 0], length: 16, text: '10.30.0.0/16' }
 */
export function readPrefix(text: string): Prefix | null {
  const [address = '', bits, ...more] = text.split('/');
  const normal = normalizeAddress(address);
  const ipv4 = parseIpv4(normal);
  const groups = ipv4 === null ? parseIpv6(normal) : [ipv4 >>> 16, ipv4 & 0xffff];
  if (groups === null || more.length > 0) return null;
  const longest = groups.length * 16;
  if (bits !== undefined && !/^\d{1,3}$/.test(bits)) return null;
  const length = bits === undefined ? longest : Number(bits);
  if (length > longest) return null;
  return { groups, length, text: length === longest ? normal : `${normal}/${length}` };
}

/**
 * Gives the narrower of two prefixes where one is in the other, else null.
 *
 * @example
 * meetPrefixes('10.0.0.0/8', '10.30.0.0/16') // '10.30.0.0/16'
 */
export function meetPrefixes(a: string, b: string): string | null {
  const [x, y] = [readPrefix(a), readPrefix(b)];
  if (x === null || y === null || x.groups.length !== y.groups.length) return null;
  const [wide, narrow] = x.length <= y.length ? [x, y] : [y, x];
  for (let left = wide.length, i = 0; left > 0; left -= 16, i++) {
    const shift = Math.max(0, 16 - left);
    const differing = (wide.groups[i] as number) ^ (narrow.groups[i] as number);
    if (differing >>> shift !== 0) return null;
  }
  return narrow.text;
}
