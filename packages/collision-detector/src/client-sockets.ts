import { capturesOf, type Snapshot } from '@tuplescope/incident';
import { type Endpoint, formatEndpoint } from '@tuplescope/net';
import { endpointOf, mostTellingFirst, type PlacedSocket, placedSocket } from './placed-socket.ts';

/**
 * Finds, for each of some endpoints, the sockets that a snapshot lists with it as their own end. The
 * listing is gone through once, however many endpoints are asked for.
 */
export function findClientSockets(
  snapshot: Snapshot,
  ends: readonly Endpoint[],
): ReadonlyMap<string, readonly PlacedSocket[]> {
  const found = new Map<string, PlacedSocket[]>(ends.map((end) => [formatEndpoint(end), []]));
  const ports = new Set(ends.map(({ port }) => port));
  for (const capture of capturesOf(snapshot.captures, 'ss')) {
    const { table } = capture.content;
    for (let row = 0; row < table.length; row++) {
      const port = table.portAt(row, 'local');
      if (port === null || !ports.has(port)) continue;
      const placed = placedSocket(capture, row);
      const end = endpointOf(placed.socket.local);
      if (end !== null) found.get(formatEndpoint(end))?.push(placed);
    }
  }
  return new Map([...found].map(([end, sockets]) => [end, mostTellingFirst(sockets)]));
}
