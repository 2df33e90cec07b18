import { type Endpoint, normalizeAddress, parseIpv4, parseIpv6 } from '@tuplescope/net';
import { TrackerError } from '../tracker-error.ts';

/** An endpoint, or its text: `127.0.0.1:15001`, `[::1]:15001`. */
export type EndpointInput = Endpoint | string;

/**
 * Reads an endpoint as a person writes it.
 *
 * @param anyAddress take `*`, as tools print it for a listener on every address.
 *
 * @throws {TrackerError} `bad-pod` naming the field, for what is none.
 * @example
 * readEndpoint('[::1]:15001', 'to') // { address: '::1', port: 15001 }
 */
export function readEndpoint(input: EndpointInput, field: string, anyAddress = false): Endpoint {
  const { address, port } = typeof input === 'string' ? split(input) : input;
  const isPort = Number.isInteger(port) && port >= 0 && port <= 65_535;
  const isThere = isAddress(address) || (anyAddress && address === '*');
  if (isThere && isPort) return { address: normalizeAddress(address), port };
  const value = typeof input === 'string' ? input : `${address}:${port}`;
  throw new TrackerError('bad-pod', field, value, 'address and port as 10.0.0.1:80 or [::1]:80');
}

/** Whether a text is an IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  return parseIpv4(text) !== null || parseIpv6(text) !== null;
}

function split(text: string): Endpoint {
  const colon = text.lastIndexOf(':');
  const address = text.slice(0, Math.max(0, colon)).replace(/^\[(.*)\]$/, '$1');
  const digits = text.slice(colon + 1);
  return { address, port: /^\d{1,5}$/.test(digits) ? Number(digits) : -1 };
}
