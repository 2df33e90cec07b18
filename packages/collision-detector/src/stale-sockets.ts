import type { Capture, Incident, Interception, Snapshot } from '@tuplescope/incident';
import { type Endpoint, formatEndpoint, isLoopback, type Tuple, tupleKey } from '@tuplescope/net';
import { findClientSockets } from './client-sockets.ts';
import { type EntriesByReply, entriesByReply, type PlacedEntry } from './entries.ts';
import { groupBy } from './group-by.ts';
import { endpointOf, mostTellingFirst, type PlacedSocket } from './placed-socket.ts';
import { socketsOnPorts } from './sockets-on-ports.ts';

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
  /** What the proxy sends on it: the reply tuple of its conntrack entry. */
  readonly reply: Tuple;
  /** The socket as each listing of the snapshot prints it, the most telling first. */
  readonly sockets: readonly PlacedSocket[];
  /** The sockets that have the client's end as their own: of the old connection, or of a new one. */
  readonly clientSockets: readonly PlacedSocket[];
  readonly entryState: EntryState;
  /** The entry that is there, where one is. */
  readonly entry: PlacedEntry | null;
  /** The conntrack listing that has no entry, where one shows that. */
  readonly listing: Capture | null;
  readonly interception: Interception;
}

/** Finds, in each snapshot, the half-closed sockets on interception ports that a process holds. */
export function findStaleSockets(incident: Incident): StaleSocket[] {
  const points = new Map<number, Interception>();
  for (const point of incident.interception) {
    if (!points.has(point.port) || point.direction === 'outbound') points.set(point.port, point);
  }
  return incident.snapshots.flatMap((snapshot, index) => staleSocketsIn(snapshot, index, points));
}

/** Gives the sockets that are connecting from a stale socket's client end in its snapshot. */
export function connectingSockets({ clientSockets }: StaleSocket): PlacedSocket[] {
  return clientSockets.filter(({ socket }) => socket.state === 'SYN-SENT');
}

type Connection = Pick<StaleSocket, 'interception' | 'local' | 'peer' | 'reply' | 'sockets'>;

function staleSocketsIn(
  snapshot: Snapshot,
  index: number,
  points: ReadonlyMap<number, Interception>,
): StaleSocket[] {
  const { halfClosed, established } = socketsOnPorts(snapshot, new Set(points.keys()));
  const connections = connectionsOf(halfClosed, points);
  if (connections.length === 0) return [];
  const replies = connections.map(({ reply }) => reply);
  const entries = entriesByReply(snapshot.captures, [...replies, ...established]);
  const isForeign = isOfAnotherNamespace(entries, established);
  const clients = findClientSockets(
    snapshot,
    connections.map(({ peer }) => peer),
  );
  return connections.map((connection) => {
    const entry = entries.find(connection.reply);
    const listing = isForeign ? null : entries.listingFor(connection.reply);
    return {
      ...connection,
      snapshot: index,
      clientSockets: clients.get(formatEndpoint(connection.peer)) ?? [],
      entryState: entryStateOf(entry, listing),
      entry,
      listing,
    };
  });
}

/** Sorts the rows of all listings by the connection that they show. */
function connectionsOf(
  halfClosed: readonly PlacedSocket[],
  points: ReadonlyMap<number, Interception>,
): Connection[] {
  const connections = halfClosed.flatMap((placed): Connection[] => {
    const local = endpointOf(placed.socket.local);
    const peer = endpointOf(placed.socket.peer);
    const interception = points.get(local?.port ?? -1);
    if (local === null || peer === null || interception === undefined) return [];
    if (!isRedirected(local, peer, interception)) return [];
    const reply = { src: local.address, sport: local.port, dst: peer.address, dport: peer.port };
    return [{ interception, local, peer, reply, sockets: [placed] }];
  });
  const grouped = groupBy(connections, ({ reply }) => tupleKey(reply));
  return [...grouped.values()].map((group) => ({
    ...group[0],
    sockets: mostTellingFirst(group.flatMap(({ sockets }) => sockets)),
  }));
}

/**
 * A connection within loopback was not redirected. Where no rule names an outbound port, only its
 * ends tell: a loopback address never meets another one but through NAT.
 */
function isRedirected(
  local: Endpoint,
  peer: Endpoint,
  { place, direction }: Interception,
): boolean {
  if (isLoopback(peer.address)) return false;
  return place !== null || direction === 'inbound' || isLoopback(local.address);
}

/**
 * A listing that knows none of several connections that are established was made in another network
 * namespace, so what it lacks says nothing.
 */
function isOfAnotherNamespace(entries: EntriesByReply, established: readonly Tuple[]): boolean {
  const expected = established.filter((reply) => entries.listingFor(reply) !== null);
  return expected.length >= 3 && expected.every((reply) => entries.find(reply) === null);
}

function entryStateOf(entry: PlacedEntry | null, listing: Capture | null): EntryState {
  if (entry === null) return listing === null ? 'unknown' : 'absent';
  const { state } = entry.entry;
  return state === 'SYN_SENT' || state === 'CLOSE' ? 'replaced' : 'tracked';
}
