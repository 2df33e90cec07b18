import type { SsSocket } from '@tuplescope/incident';
import { type Endpoint, normalizeAddress, parseIpv4, parseIpv6, type Tuple } from '@tuplescope/net';

/** Gives an end of a listed socket in one spelling, or null where it is not an address and a port. */
export function endpointOf({ address, port }: SsSocket['local']): Endpoint | null {
  return port === null ? null : readEnd(address, port);
}

/** Gives an end in one spelling, or null where a name stands for the address or the port. */
export function readEnd(address: string, port: number): Endpoint | null {
  const normal = normalizeAddress(address);
  const isAddress = parseIpv4(normal) !== null || parseIpv6(normal) !== null;
  return port === 0 || !isAddress ? null : { address: normal, port };
}

/** Says whether two addresses are of one family. */
export function isSameFamily(a: Endpoint, b: Endpoint): boolean {
  return a.address.includes(':') === b.address.includes(':');
}

/** One direction of an entry, as far as it was printed. */
export interface PrintedTuple {
  readonly src: string | null;
  readonly dst: string | null;
  readonly sport?: number | null;
  readonly dport?: number | null;
}

/** Gives one direction of an entry as a tuple in one spelling, or null where it has no ports. */
export function tupleOf({ src, dst, sport, dport }: PrintedTuple): Tuple | null {
  if (src == null || dst == null || sport == null || dport == null) return null;
  return { src: normalizeAddress(src), sport, dst: normalizeAddress(dst), dport };
}
