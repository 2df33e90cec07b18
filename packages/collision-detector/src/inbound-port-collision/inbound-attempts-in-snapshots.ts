import {
  type ConntrackEntry,
  capturesOf,
  type Incident,
  type Place,
  placeOf,
  type Snapshot,
} from '@tuplescope/incident';
import { formatEndpoint, normalizeAddress, type Tuple, tupleKey } from '@tuplescope/net';
import { type Attempt, emptyAttempt } from '../attempt.ts';
import { entryListings, fullTuple } from '../entries.ts';
import { groupBy } from '../group-by.ts';
import { interceptionPorts } from '../interception-ports.ts';
import { endpointOf, mostTellingFirst, type PlacedSocket, placedSocket } from '../placed-socket.ts';
import { nameProcess } from '../processes.ts';

/** States of a socket whose connection was established and whose process still has it. */
const LIVE = new Set(['ESTAB', 'FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'LAST-ACK', 'CLOSING']);

/** An inbound connect that a listing shows without a socket of its own. */
export interface InboundSnapshotAttempt extends Attempt {
  /** The proxy's sockets that have the connect's end: of the client's earlier connection. */
  readonly holders: readonly PlacedSocket[];
}

/**
 * Finds, in each snapshot, inbound connects that were answered by an earlier connection's socket:
 * the entry has had an answer but was never established, and the proxy has an established socket
 * with the very ends that the entry's answers carry.
 */
export function inboundAttemptsInSnapshots(incident: Incident): InboundSnapshotAttempt[] {
  const ports = interceptionPorts(incident, 'inbound');
  return incident.snapshots.flatMap((snapshot, index) => {
    const entries = answeredConnects(snapshot, ports);
    if (entries.length === 0) return [];
    const sockets = socketsOf(snapshot, ports, entries);
    return entries.flatMap((answered): InboundSnapshotAttempt[] => {
      const holders = sockets.get(endOf(answered.reply)) ?? [];
      const holder = holders[0];
      if (holder === undefined) return [];
      const { orig, reply, place, entry } = answered;
      const at = snapshot.at;
      const who = nameProcess(holder.socket.process[0], 'The proxy');
      const entrySays = `The entry of a connect to port ${orig.dport}: it has had an answer, but is in ${entry.state}.`;
      const socketSays = `${who} has a socket with the same two ends (${holder.socket.state}): the client's earlier connection.`;
      return [
        {
          ...emptyAttempt('snapshot', reply.dst, reply.dport),
          interceptionPort: reply.sport,
          tuple: orig,
          begin: at,
          end: at,
          outcome: 'not-connected',
          snapshot: index,
          evidence: [
            { shows: 'connecting', place: holder.place, packet: null, says: socketSays },
            { shows: 'entry', place, packet: null, says: entrySays },
          ],
          holders,
        },
      ];
    });
  });
}

interface AnsweredConnect {
  readonly entry: ConntrackEntry;
  readonly orig: Tuple;
  readonly reply: Tuple;
  readonly place: Place;
}

/** A connection that was established is ASSURED; one whose SYN nobody answered is UNREPLIED. */
function answeredConnects(snapshot: Snapshot, ports: ReadonlySet<number>): AnsweredConnect[] {
  const found = new Map<string, AnsweredConnect>();
  for (const capture of entryListings(snapshot.captures)) {
    const { table } = capture.content;
    for (let row = 0; row < table.length; row++) {
      if (!ports.has(table.portAt(row, 'replySrc') ?? -1)) continue;
      const state = table.stateAt(row);
      if (state !== 'SYN_SENT' && state !== 'CLOSE') continue;
      if (table.unrepliedAt(row) || table.assuredAt(row)) continue;
      const entry = table.at(row);
      const orig = fullTuple(entry.orig);
      const reply = fullTuple(entry.reply);
      if (orig === null || reply === null || found.has(tupleKey(orig))) continue;
      found.set(tupleKey(orig), { entry, orig, reply, place: placeOf(capture, entry.source) });
    }
  }
  return [...found.values()];
}

/** The proxy's live sockets that have these connects' ends, by the client's. */
function socketsOf(
  snapshot: Snapshot,
  ports: ReadonlySet<number>,
  entries: readonly AnsweredConnect[],
): ReadonlyMap<string, readonly PlacedSocket[]> {
  const wanted = new Set(entries.map(({ reply }) => endOf(reply)));
  const clientPorts = new Set(entries.map(({ reply }) => reply.dport));
  const found: PlacedSocket[] = [];
  for (const capture of capturesOf(snapshot.captures, 'ss')) {
    const { table } = capture.content;
    for (let row = 0; row < table.length; row++) {
      if (!ports.has(table.portAt(row, 'local') ?? -1)) continue;
      if (!clientPorts.has(table.portAt(row, 'peer') ?? -1)) continue;
      if (LIVE.has(table.stateAt(row) ?? '')) found.push(placedSocket(capture, row));
    }
  }
  const held = found.filter(({ socket }) => wanted.has(keyOf(socket)) && isHeld(socket));
  return groupBy(mostTellingFirst(held), ({ socket }) => keyOf(socket));
}

/** What its process has closed goes by itself. */
function isHeld({ timer, inode }: PlacedSocket['socket']): boolean {
  return timer?.name !== 'timewait' && inode !== 0;
}

function endOf({ dst, dport, sport }: Tuple): string {
  return `${formatEndpoint({ address: normalizeAddress(dst), port: dport })} ${sport}`;
}

function keyOf({ local, peer }: PlacedSocket['socket']): string {
  const end = endpointOf(peer);
  return end === null ? '' : `${formatEndpoint(end)} ${local.port}`;
}
