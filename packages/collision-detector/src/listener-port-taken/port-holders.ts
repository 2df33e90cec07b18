import { type Capture, capturesOf, type Incident } from '@tuplescope/incident';
import { normalizeAddress } from '@tuplescope/net';
import { entryListings } from '../entries.ts';
import { groupBy } from '../group-by.ts';
import { isTcpNetid } from '../is-tcp-netid.ts';
import { mostTellingFirst, type PlacedSocket, placedSocket } from '../placed-socket.ts';

/** Connections that have a local port which somebody wants to listen on, in one snapshot. */
export interface PortHolders {
  /** Index of the snapshot. */
  readonly snapshot: number;
  readonly port: number;
  /** Each as the most telling listing of the snapshot has it. */
  readonly sockets: readonly [PlacedSocket, ...PlacedSocket[]];
}

/** So many sockets on one port are enough to name. */
const ENOUGH = 16;

/**
 * Finds, in each snapshot, the connections on some local ports on which nobody listens there: where
 * somebody does, they are those that were accepted. A listing without any listener may be one of
 * connections alone (`ss -tn`): there an entry must tell that the connection was opened from here.
 */
export function portHolders(incident: Incident, ports: ReadonlySet<number>): PortHolders[] {
  return incident.snapshots.flatMap(({ captures }, snapshot): PortHolders[] => {
    const listening = new Set<number>();
    const found = new Map<number, PlacedSocket[]>();
    let showsListeners = false;
    for (const capture of capturesOf(captures, 'ss')) {
      const { table } = capture.content;
      for (let row = 0; row < table.length; row++) {
        const port = table.portAt(row, 'local');
        const isListener = table.stateAt(row) === 'LISTEN';
        showsListeners ||= isListener;
        if (port === null || !ports.has(port) || !isTcpNetid(table.netidAt(row))) continue;
        if (isListener) listening.add(port);
        else if (table.portAt(row, 'peer') !== null) {
          const sockets = found.get(port) ?? [];
          found.set(port, sockets);
          if (sockets.length < ENOUGH) sockets.push(placedSocket(capture, row));
        }
      }
    }
    const opened = showsListeners ? null : openedHere(captures, ports);
    return [...found].flatMap(([port, all]) => {
      const sockets = all.filter(({ socket: { local } }) => opened?.has(keyOf(local)) ?? true);
      if (listening.has(port) || sockets.length === 0) return [];
      return [{ snapshot, port, sockets: oncePerPeer(sockets) }];
    });
  });
}

/** Ends that opened a connection, by the entries of a snapshot, with one of these ports. */
function openedHere(captures: readonly Capture[], ports: ReadonlySet<number>): ReadonlySet<string> {
  const opened = new Set<string>();
  for (const { content } of entryListings(captures)) {
    const { table } = content;
    for (let row = 0; row < table.length; row++) {
      const port = table.portAt(row, 'origSrc');
      if (port === null || !ports.has(port)) continue;
      opened.add(keyOf({ address: table.addressAt(row, 'origSrc'), port }));
    }
  }
  return opened;
}

function keyOf({ address, port }: { address: string; port: number | null }): string {
  return `${normalizeAddress(address)} ${port}`;
}

/** Several listings of one snapshot show the same connection. */
function oncePerPeer(sockets: readonly PlacedSocket[]): [PlacedSocket, ...PlacedSocket[]] {
  const byPeer = groupBy(mostTellingFirst(sockets), ({ socket: { peer } }) => {
    return keyOf(peer);
  });
  return [...byPeer.values()].map(([first]) => first) as [PlacedSocket, ...PlacedSocket[]];
}
