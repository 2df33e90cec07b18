import type { Incident } from '@tuplescope/incident';
import { formatEndpoint, type Tuple } from '@tuplescope/net';
import { type Attempt, type AttemptEvidence, emptyAttempt } from './attempt.ts';
import { howOften } from './how-often.ts';
import { endpointOf, type PlacedSocket } from './placed-socket.ts';
import { nameProcess } from './processes.ts';
import { connectingSockets, type StaleSocket } from './stale-sockets.ts';

/**
 * Finds the connects that a snapshot shows beside the stale socket that answers them. Where the old
 * connection still has its entry there is no collision: NAT gives the new one another port.
 */
export function attemptsInSnapshots(
  incident: Incident,
  staleSockets: readonly StaleSocket[],
): Attempt[] {
  return staleSockets.flatMap((stale): Attempt[] => {
    const [connecting] = connectingSockets(stale);
    if (connecting === undefined || stale.entryState === 'tracked') return [];
    const at = incident.snapshots[stale.snapshot]?.at ?? null;
    return [
      {
        ...emptyAttempt('snapshot', stale.peer.address, stale.peer.port),
        interceptionPort: stale.local.port,
        tuple: tupleOf(connecting),
        begin: at,
        end: at,
        outcome: 'not-connected',
        snapshot: stale.snapshot,
        evidence: [connectingEvidence(stale, connecting), ...entryEvidence(stale)],
      },
    ];
  });
}

function connectingEvidence(
  { peer }: StaleSocket,
  { socket, place }: PlacedSocket,
): AttemptEvidence {
  const who = nameProcess(socket.process[0], 'A process');
  const says = `${who} is connecting from ${formatEndpoint(peer)}: ${retransmitted(socket)}.`;
  return { shows: 'connecting', place, packet: null, says };
}

function entryEvidence({ entry, local }: StaleSocket): AttemptEvidence[] {
  if (entry === null) return [];
  const { state, unreplied } = entry.entry;
  const answered = unreplied ? 'has no answer yet' : 'has had an answer';
  const says = `The new connection's entry is in ${state} and ${answered}; its replies come from ${formatEndpoint(local)}.`;
  return [{ shows: 'entry', place: entry.place, packet: null, says }];
}

function tupleOf({ socket }: PlacedSocket): Tuple | null {
  const local = endpointOf(socket.local);
  const peer = endpointOf(socket.peer);
  if (local === null || peer === null) return null;
  return { src: local.address, sport: local.port, dst: peer.address, dport: peer.port };
}

function retransmitted({ timer }: PlacedSocket['socket']): string {
  if (timer === null) return 'its SYN has no answer that it can use';
  const again =
    timer.retransmits === 0
      ? 'its SYN was sent'
      : `its SYN was sent again ${howOften(timer.retransmits)}`;
  return timer.seconds === null ? again : `${again}, the next follows in ${timer.seconds} s`;
}
