import {
  type Capture,
  capturesOf,
  type Incident,
  type Interception,
  type Place,
  placeOf,
  type Snapshot,
  type SsSocket,
} from '@tuplescope/incident';
import { type Endpoint, isSameEndpoint, type Tuple } from '@tuplescope/net';
import { entriesByReply, type PlacedEntry } from './entries.ts';

/** A socket with its place in the incident. */
export interface PlacedSocket {
  readonly socket: SsSocket;
  readonly place: Place;
}

/** What the conntrack listing of the same snapshot says of a half-closed socket's connection. */
export type EntryState =
  /** The listing is there and has no entry for it. */
  | 'absent'
  /** The only entry is younger than the socket: a new connection's, in SYN_SENT or CLOSE. */
  | 'replaced'
  /** An entry in any other state: the connection is still tracked. */
  | 'tracked'
  /** No listing tells. */
  | 'unknown';

/** A proxy's half-closed socket behind an interception port, as one snapshot shows it. */
export interface StaleSocket {
  /** Index of the snapshot. */
  readonly snapshot: number;
  /** The proxy's end: the interception port. */
  readonly local: Endpoint;
  /** The client's end, after NAT as the proxy sees it. */
  readonly peer: Endpoint;
  /** The socket as each listing of the snapshot prints it, the most telling first. */
  readonly sockets: readonly PlacedSocket[];
  readonly entryState: EntryState;
  /** The entry that is there, where one is. */
  readonly entry: PlacedEntry | null;
  /** The conntrack listing that has no entry, where one shows that. */
  readonly listing: Capture | null;
  readonly interception: Interception;
}

/**
 * Finds, in each snapshot, the half-closed sockets on interception ports: FIN-WAIT-2, and no timer,
 * for a time-wait one goes by itself within a minute.
 */
export function findStaleSockets(incident: Incident): StaleSocket[] {
  return incident.snapshots.flatMap((snapshot, index) => {
    const ports = incident.interception.map(({ port }) => port);
    const entries = entriesByReply(snapshot.captures, ports);
    const byConnection = new Map<string, PlacedSocket[]>();
    for (const placed of socketsIn(snapshot, 'FIN-WAIT-2')) {
      const { local, peer, timer } = placed.socket;
      if (timer !== null && timer.name === 'timewait') continue;
      const key = `${local.address} ${local.port} ${peer.address} ${peer.port}`;
      byConnection.set(key, [...(byConnection.get(key) ?? []), placed]);
    }
    return [...byConnection.values()].flatMap((sockets): StaleSocket[] => {
      const { local, peer } = (sockets[0] as PlacedSocket).socket;
      if (local.port === null || peer.port === null) return [];
      const interception = incident.interception.find(({ port }) => port === local.port);
      if (interception === undefined) return [];
      const ends = {
        local: { address: local.address, port: local.port },
        peer: { address: peer.address, port: peer.port },
      };
      const reply: Tuple = {
        src: ends.local.address,
        sport: ends.local.port,
        dst: ends.peer.address,
        dport: ends.peer.port,
      };
      const found = entries.find(reply);
      return [
        {
          snapshot: index,
          ...ends,
          sockets: byProcessFirst(sockets),
          entryState: stateOf(found, entries.listing),
          entry: found,
          listing: entries.listing,
          interception,
        },
      ];
    });
  });
}

/** Finds a snapshot's sockets of one state, with their places. */
export function socketsIn(snapshot: Snapshot, state: string): PlacedSocket[] {
  const found: PlacedSocket[] = [];
  for (const capture of capturesOf(snapshot.captures, 'ss')) {
    const { table } = capture.content;
    for (let row = 0; row < table.length; row++) {
      if (table.stateAt(row) !== state) continue;
      const socket = table.at(row);
      found.push({ socket, place: placeOf(capture, socket.source) });
    }
  }
  return found;
}

/** Finds the sockets that are connecting from an endpoint in a snapshot. */
export function connectingFrom(snapshot: Snapshot, end: Endpoint): PlacedSocket[] {
  return byProcessFirst(
    socketsIn(snapshot, 'SYN-SENT').filter(({ socket: { local } }) => {
      return (
        local.port !== null && isSameEndpoint({ address: local.address, port: local.port }, end)
      );
    }),
  );
}

/** A listing that names the process says most, so it stands first. */
function byProcessFirst(sockets: readonly PlacedSocket[]): PlacedSocket[] {
  const rank = ({ socket }: PlacedSocket): number =>
    (socket.process.length > 0 ? 0 : 2) + (socket.timer !== null ? 0 : 1);
  return [...sockets].sort((a, b) => rank(a) - rank(b));
}

function stateOf(entry: PlacedEntry | null, listing: Capture | null): EntryState {
  if (entry === null) return listing === null ? 'unknown' : 'absent';
  const { state } = entry.entry;
  return state === 'SYN_SENT' || state === 'CLOSE' ? 'replaced' : 'tracked';
}
