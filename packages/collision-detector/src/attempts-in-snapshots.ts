import type { Incident, Snapshot } from '@tuplescope/incident';
import { formatEndpoint, invertTuple, type Tuple } from '@tuplescope/net';
import { type Attempt, type AttemptEvidence, emptyAttempt } from './attempt.ts';
import { nameProcess } from './processes.ts';
import { connectingFrom, type PlacedSocket, type StaleSocket } from './stale-sockets.ts';

/** Finds the connects that a snapshot shows beside the stale socket that answers them. */
export function attemptsInSnapshots(
  incident: Incident,
  staleSockets: readonly StaleSocket[],
): Attempt[] {
  return staleSockets.flatMap((stale): Attempt[] => {
    const snapshot = incident.snapshots[stale.snapshot] as Snapshot;
    const connecting = connectingFrom(snapshot, stale.peer);
    const entry = stale.entryState === 'replaced' ? stale.entry : null;
    if (connecting.length === 0) return [];
    const evidence: AttemptEvidence[] = connecting.slice(0, 1).map(({ socket, place }) => ({
      shows: 'connecting',
      place,
      packet: null,
      says: `${nameProcess(socket.process[0], 'A process')} is connecting from ${formatEndpoint(stale.peer)}: ${retransmitted(socket)}.`,
    }));
    if (entry !== null) {
      const answered = entry.entry.unreplied ? 'no answer was seen yet' : 'an answer was seen';
      evidence.push({
        shows: 'entry',
        place: entry.place,
        packet: null,
        says: `The new connection's entry is in ${entry.entry.state}, ${answered}; its replies come from ${formatEndpoint(stale.local)}.`,
      });
    }
    return [
      {
        ...emptyAttempt('snapshot', stale.peer.address, stale.peer.port),
        interceptionPort: stale.local.port,
        tuple: tupleOf(connecting),
        begin: snapshot.at,
        end: snapshot.at,
        outcome: 'not-connected',
        snapshot: stale.snapshot,
        evidence,
      },
    ];
  });
}

function tupleOf(connecting: readonly PlacedSocket[]): Tuple | null {
  const socket = connecting[0]?.socket;
  if (socket === undefined || socket.local.port === null || socket.peer.port === null) return null;
  return invertTuple({
    src: socket.peer.address,
    sport: socket.peer.port,
    dst: socket.local.address,
    dport: socket.local.port,
  });
}

function retransmitted({ timer }: PlacedSocket['socket']): string {
  if (timer === null) return 'its SYN has no answer that it can use';
  const next = timer.seconds === null ? '' : `, the next in ${timer.seconds} s`;
  const times = timer.retransmits === 1 ? 'once' : `${timer.retransmits} times`;
  return `its SYN was sent again ${times}${next}`;
}
