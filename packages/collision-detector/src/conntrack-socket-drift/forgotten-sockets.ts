import { type CaptureOf, type Incident, wouldShow } from '@tuplescope/incident';
import { type Endpoint, formatEndpoint, isLoopback } from '@tuplescope/net';
import { entryListings } from '../entries.ts';
import { endpointOf, type PlacedSocket, placedSocket } from '../placed-socket.ts';
import { PortPairs } from './port-pairs.ts';
import { wholeSocketListings } from './whole-socket-listings.ts';

/** A connection that is so old is no matter of listings that are seconds apart. */
const OLD_MILLISECONDS = 30_000;

/** So many such connections are told; more tell no more. */
const MOST = 100_000;

/** A redirected connection that is open and has no entry any more. */
export interface ForgottenSocket {
  readonly local: Endpoint;
  readonly peer: Endpoint;
  readonly socket: PlacedSocket;
  /** The whole listing of the same snapshot that lacks its entry. */
  readonly listing: CaptureOf<'conntrack'>;
  /** Index of the snapshot that shows it last. */
  readonly snapshot: number;
  /** What shows that the connection is older than the listing of entries. */
  readonly basis: 'twice' | 'old';
  /** An earlier listing has had its entry. */
  readonly wasTracked: boolean;
}

/**
 * Finds established connections of a proxy behind a redirecting rule that have no conntrack entry: in
 * two snapshots, or older than half a minute. A redirected connection cannot do without its entry.
 */
export function forgottenSockets(incident: Incident): ForgottenSocket[] {
  const ports = new Map(incident.interception.map((point) => [point.port, point.place !== null]));
  const found = new Map<string, ForgottenSocket>();
  const before: Before = { seen: new PortPairs(), tracked: new PortPairs() };
  const last = incident.snapshots.length - 1;
  for (const [index, snapshot] of incident.snapshots.entries()) {
    const listing = entryListings(snapshot.captures).find(({ command }) => wouldShow(command, []));
    const sockets = wholeSocketListings(snapshot);
    if (listing !== undefined) {
      const entries = new PortPairs();
      addEntries(entries, listing, ports);
      for (const forgotten of forgottenIn(sockets, { entries, listing, ports, before, index })) {
        keep(found, forgotten);
      }
      if (index < last) addEntries(before.tracked, listing, ports);
    }
    if (index < last) addSockets(before.seen, sockets, ports);
  }
  return [...found.values()];
}

/** What earlier snapshots have shown, by the two ports as the proxy sees them. */
interface Before {
  readonly seen: PortPairs;
  readonly tracked: PortPairs;
}

/** What one snapshot is held against. */
interface Look {
  readonly entries: PortPairs;
  readonly listing: CaptureOf<'conntrack'>;
  readonly ports: Ports;
  readonly before: Before;
  readonly index: number;
}

function* forgottenIn(
  sockets: readonly CaptureOf<'ss'>[],
  { entries, listing, ports, before, index }: Look,
): Generator<ForgottenSocket> {
  for (const capture of sockets) {
    for (const row of rowsOn(capture, ports)) {
      const { local, peer } = portsAt(capture, row);
      if (entries.has(local, peer)) continue;
      const socket = placedSocket(capture, row);
      const basis = before.seen.has(local, peer) ? 'twice' : isOld(socket) ? 'old' : null;
      const ends = endsOf(socket);
      if (basis === null || ends === null) continue;
      const wasTracked = before.tracked.has(local, peer);
      yield { ...ends, socket, listing, snapshot: index, basis, wasTracked };
    }
  }
}

/** Keeps what a later snapshot shows; of several forms of one listing the one that names the process. */
function keep(found: Map<string, ForgottenSocket>, forgotten: ForgottenSocket): void {
  const { local, peer, snapshot } = forgotten;
  const key = `${formatEndpoint(local)} ${formatEndpoint(peer)}`;
  const known = found.get(key);
  if (known === undefined && found.size >= MOST) return;
  if (known?.snapshot === snapshot && known.socket.socket.process.length > 0) return;
  found.set(key, forgotten);
}

/** Interception ports, each with whether a captured rule says that it is one. */
type Ports = ReadonlyMap<number, boolean>;

function portsAt({ content: { table } }: CaptureOf<'ss'>, row: number) {
  return { local: table.portAt(row, 'local'), peer: table.portAt(row, 'peer') };
}

/** Rows of open connections on these ports that came through a translation. */
function* rowsOn({ content: { table } }: CaptureOf<'ss'>, ports: Ports): Generator<number> {
  for (let row = 0; row < table.length; row++) {
    const isRuled = ports.get(table.portAt(row, 'local') ?? -1);
    if (isRuled === undefined || table.stateAt(row) !== 'ESTAB') continue;
    if (isLoopback(table.addressAt(row, 'peer'))) continue;
    // Without a rule only the ends tell: loopback never meets another address but through NAT.
    if (isRuled || isLoopback(table.addressAt(row, 'local'))) yield row;
  }
}

function addSockets(pairs: PortPairs, sockets: readonly CaptureOf<'ss'>[], ports: Ports): void {
  for (const capture of sockets) {
    for (const row of rowsOn(capture, ports)) {
      const { local, peer } = portsAt(capture, row);
      pairs.add(local, peer);
    }
  }
}

function addEntries(
  pairs: PortPairs,
  { content: { table } }: CaptureOf<'conntrack'>,
  ports: Ports,
): void {
  for (let row = 0; row < table.length; row++) {
    const from = table.portAt(row, 'replySrc');
    if (from !== null && ports.has(from)) pairs.add(from, table.portAt(row, 'replyDst'));
  }
}

/** The last data or acknowledgement came long ago, so the connection is at least that old. */
function isOld({ socket: { tcp } }: PlacedSocket): boolean {
  return Math.max(tcp?.lastrcv ?? 0, tcp?.lastack ?? 0) >= OLD_MILLISECONDS;
}

function endsOf({ socket }: PlacedSocket): { local: Endpoint; peer: Endpoint } | null {
  const local = endpointOf(socket.local);
  const peer = endpointOf(socket.peer);
  return local === null || peer === null ? null : { local, peer };
}
