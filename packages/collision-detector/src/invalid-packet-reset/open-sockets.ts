import { capturesOf, type Incident } from '@tuplescope/incident';
import { type Endpoint, formatEndpoint, normalizeAddress } from '@tuplescope/net';
import { endpointOf, type PlacedSocket, placedSocket } from '../placed-socket.ts';
import { secondsBetween } from '../times.ts';
import type { Suspect } from './stray-suspect.ts';

/** States of a socket that no RST has ended. */
const OPEN = new Set(['ESTAB', 'CLOSE-WAIT', 'FIN-WAIT-1', 'FIN-WAIT-2', 'LAST-ACK']);

/**
 * Finds the pod's own sockets of connections in a snapshot that was taken after a RST: a RST that a
 * socket sent ends that socket, so one that is still open did not send it.
 */
export function openSockets(
  incident: Incident,
  suspects: readonly Suspect[],
  inbound: ReadonlySet<number>,
): (suspect: Suspect) => PlacedSocket | null {
  const wanted = new Map<string, { at: number | null; found: PlacedSocket | null }>();
  const ports = new Uint8Array(65_536);
  for (const suspect of suspects) {
    for (const [local, peer] of endsOf(suspect, inbound)) {
      ports[local.port] = 1;
      wanted.set(keyOf(local, peer), { at: suspect.reset.at, found: null });
    }
  }
  for (const { at, captures } of incident.snapshots) {
    for (const capture of capturesOf(captures, 'ss')) {
      const { table } = capture.content;
      for (let row = 0; row < table.length; row++) {
        if (ports[table.portAt(row, 'local') ?? 0] !== 1) continue;
        if (!OPEN.has(table.stateAt(row) ?? '')) continue;
        const placed = placedSocket(capture, row);
        const local = endpointOf(placed.socket.local);
        const peer = endpointOf(placed.socket.peer);
        const known = local && peer ? wanted.get(keyOf(local, peer)) : undefined;
        if (known === undefined || placed.socket.timer?.name === 'timewait') continue;
        const isLater = at !== null && known.at !== null && secondsBetween(known.at, at) > 0;
        if (isLater) known.found ??= placed;
      }
    }
  }
  return (suspect) => {
    const found = endsOf(suspect, inbound).map((ends) => wanted.get(keyOf(...ends))?.found ?? null);
    return found.find((placed) => placed !== null) ?? null;
  };
}

/** What the ends of the pod's socket can be: of a redirected connection the proxy's. */
function endsOf(
  { conversation, reset }: Suspect,
  inbound: ReadonlySet<number>,
): (readonly [local: Endpoint, peer: Endpoint])[] {
  const { client, server, translated } = conversation;
  if (reset.direction === 'original') {
    // Which of two servers a client knows, the addresses of the pod's socket tell.
    return [server, translated?.server ?? server].map((end) => [client, end] as const);
  }
  if (translated !== null) return [[translated.server, translated.client]];
  return [...inbound].map((port) => [{ ...server, port }, client] as const);
}

function keyOf(local: Endpoint, peer: Endpoint): string {
  const [a, b] = [local, peer].map(({ address, port }) =>
    formatEndpoint({ address: normalizeAddress(address), port }),
  );
  return `${a} ${b}`;
}
