import { capturesOf, type Incident, type Snapshot } from '@tuplescope/incident';
import { formatEndpoint } from '@tuplescope/net';
import type { Evidence } from './finding.ts';
import { showsNoTimer } from './leak-confidence.ts';
import { type PlacedSocket, placedSocket } from './placed-socket.ts';
import { nameProcess } from './processes.ts';
import type { StaleSocket } from './stale-sockets.ts';
import { wholeCapture } from './whole-capture.ts';

/** Points at the stale sockets, at what conntrack has of them, and at the proxy's other side. */
export function leakEvidence(
  incident: Incident,
  sockets: readonly [StaleSocket, ...StaleSocket[]],
): Evidence[] {
  const evidence = sockets.flatMap((stale) => [...socketEvidence(stale), ...entryEvidence(stale)]);
  const twin = twinOf(incident, sockets[0]);
  if (twin !== null) {
    const says = "The proxy's other side: it got the service's FIN and waits in CLOSE-WAIT.";
    evidence.push({ ...twin.place, packet: null, says });
  }
  return evidence;
}

function socketEvidence({ sockets, local, peer }: StaleSocket): Evidence[] {
  return sockets.slice(0, 1).map(({ socket, place }) => {
    const holder = nameProcess(socket.process[0], 'a process that the listing does not name');
    const timer = sockets.some(showsNoTimer) ? ', without a timer' : '';
    const says = `The stale socket: FIN-WAIT-2, ${formatEndpoint(local)} ↔ ${formatEndpoint(peer)}, held by ${holder}${timer}.`;
    return { ...place, packet: null, says };
  });
}

function entryEvidence({ entry, listing, local, peer }: StaleSocket): Evidence[] {
  if (entry !== null) {
    const says = `The only entry with these replies is in ${entry.entry.state}: it belongs to a new connection.`;
    return [{ ...entry.place, packet: null, says }];
  }
  if (listing === null) return [];
  const says = `conntrack's listing of the same snapshot has no entry with replies from ${formatEndpoint(local)} to ${formatEndpoint(peer)}.`;
  return [wholeCapture(listing, says)];
}

/** A process is only in the socket's record; of a flood of such sockets the first few are tried. */
const MAX_TRIED = 1000;

/** A connection to the service that the same process keeps open for the half-closed one. */
function twinOf(incident: Incident, { snapshot, sockets }: StaleSocket): PlacedSocket | null {
  const pid = sockets[0]?.socket.process[0]?.pid;
  if (pid === undefined) return null;
  const { captures } = incident.snapshots[snapshot] as Snapshot;
  let tried = 0;
  for (const capture of capturesOf(captures, 'ss')) {
    const { table } = capture.content;
    for (let row = 0; row < table.length && tried < MAX_TRIED; row++) {
      if (table.stateAt(row) !== 'CLOSE-WAIT') continue;
      tried++;
      const placed = placedSocket(capture, row);
      if (placed.socket.process.some((process) => process.pid === pid)) return placed;
    }
  }
  return null;
}
