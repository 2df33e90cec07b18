import type { Endpoint } from '@tuplescope/net';

/** Stands in for a destination that nothing tells (RFC 5737, RFC 3849). */
const IPV4: Endpoint = { address: '192.0.2.1', port: 80 };
const IPV6: Endpoint = { address: '2001:db8::1', port: 80 };

/** Gives a destination of the family of an address. */
export function standIn(address: string): Endpoint {
  return address.includes(':') ? IPV6 : IPV4;
}

/** Says whether a destination is none that was captured. */
export function isStandIn(destination: Endpoint): boolean {
  return destination === IPV4 || destination === IPV6;
}
