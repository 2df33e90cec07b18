import { normalizeAddress } from './address.ts';

/** One end of a connection. */
export interface Endpoint {
  /** The address as text, without brackets. */
  readonly address: string;
  /** The port in host order, 0 to 65535. */
  readonly port: number;
}

/**
 * Writes an endpoint as people read it: IPv6 in brackets (RFC 3986 section 3.2.2).
 *
 * @example
 * formatEndpoint({ address: '::1', port: 80 }) // '[::1]:80'
 */
export function formatEndpoint({ address, port }: Endpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/**
 * Says whether two endpoints are the same, whatever the spelling of their addresses.
 *
 * @example
 * isSameEndpoint({ address: '::ffff:10.0.0.1', port: 1 }, { address: '10.0.0.1', port: 1 }) // true
 */
export function isSameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a.port === b.port && normalizeAddress(a.address) === normalizeAddress(b.address);
}
