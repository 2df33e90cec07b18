import { type CaptureOf, type Place, placeOf, type SsSocket } from '@tuplescope/incident';
import { type Endpoint, normalizeAddress, parseIpv4, parseIpv6 } from '@tuplescope/net';

/** A socket with its place in the incident. */
export interface PlacedSocket {
  readonly socket: SsSocket;
  readonly place: Place;
}

/** Makes the socket of a row, with its place. */
export function placedSocket(capture: CaptureOf<'ss'>, row: number): PlacedSocket {
  const socket = capture.content.table.at(row);
  return { socket, place: placeOf(capture, socket.source) };
}

/** The listing that names the process, its descriptor and the timer says most, so it stands first. */
export function mostTellingFirst(sockets: readonly PlacedSocket[]): PlacedSocket[] {
  const told = ({ socket: { process, inode, timer } }: PlacedSocket): number =>
    Number(process.length > 0) * 8 +
    Number(process.some(({ fd }) => fd !== null)) * 4 +
    Number(inode !== null) * 2 +
    Number(timer !== null);
  return [...sockets].sort((a, b) => told(b) - told(a));
}

/**
 * Gives an end of a socket in the one spelling of its address (`::ffff:10.0.0.1` is `10.0.0.1`), or
 * null where it is not an address and a port: what stands in a listing may be any text, and a
 * command that is made of it is there to be copied.
 */
export function endpointOf({ address, port }: SsSocket['local']): Endpoint | null {
  const normal = normalizeAddress(address);
  const isAddress = parseIpv4(normal) !== null || parseIpv6(normal) !== null;
  return port === null || !isAddress ? null : { address: normal, port };
}
