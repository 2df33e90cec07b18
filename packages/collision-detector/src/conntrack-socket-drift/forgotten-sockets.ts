import { type CaptureOf, type Incident, wouldShow } from '@tuplescope/incident';
import { type Endpoint, formatEndpoint, isLoopback } from '@tuplescope/net';
import { entryListings } from '../entries.ts';
import { endpointOf, type PlacedSocket, placedSocket } from '../placed-socket.ts';
import { PortPairs } from './port-pairs.ts';
import { wholeSocketListings } from './whole-socket-listings.ts';

/** A connection that is so old is no matter of listings that are seconds apart. */
const OLD_MILLISECONDS = 30_000;

/** So many sockets are looked at one by one, and remembered for the next snapshot. */
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
  const seen = new PortPairs();
  const tracked = new PortPairs();
  for (const [index, snapshot] of incident.snapshots.entries()) {
    const listing = entryListings(snapshot.captures).find(({ command }) => wouldShow(command, []));
    const now = new PortPairs();
    addEntries(now, listing, ports);
    const sockets = wholeSocketListings(snapshot);
    for (const capture of listing === undefined ? [] : sockets) {
      for (const row of rowsOn(capture, ports)) {
        const { local, peer } = portsAt(capture, row);
        if (now.has(local, peer) || found.size > MOST) continue;
        const socket = placedSocket(capture, row);
        const basis = seen.has(local, peer) ? 'twice' : isOld(socket) ? 'old' : null;
        const ends = endsOf(socket);
        if (basis === null || ends === null) continue;
        const wasTracked = tracked.has(local, peer);
        const key = `${formatEndpoint(ends.local)} ${formatEndpoint(ends.peer)}`;
        const whole = listing as CaptureOf<'conntrack'>;
        const known = found.get(key);
        // Of several forms of one listing the one that names the process says most.
        if (known?.snapshot === index && known.socket.socket.process.length > 0) continue;
        found.set(key, { ...ends, socket, listing: whole, snapshot: index, basis, wasTracked });
      }
    }
    // What comes after the last snapshot is not asked for.
    if (index === incident.snapshots.length - 1) break;
    addEntries(tracked, listing, ports);
    for (const capture of sockets) {
      for (const row of rowsOn(capture, ports)) {
        const { local, peer } = portsAt(capture, row);
        seen.add(local, peer);
      }
    }
  }
  return [...found.values()];
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

function addEntries(
  pairs: PortPairs,
  listing: CaptureOf<'conntrack'> | undefined,
  ports: Ports,
): void {
  if (listing === undefined) return;
  const { table } = listing.content;
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
