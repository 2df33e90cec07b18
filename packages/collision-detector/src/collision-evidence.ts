import type { Incident } from '@tuplescope/incident';
import { formatEndpoint } from '@tuplescope/net';
import type { Step } from './attempt.ts';
import { counterEvidence } from './counters.ts';
import type { Evidence } from './finding.ts';
import type { Collision } from './outbound-port-collision.ts';

/** The order in which a reader follows a connect. */
const STEPS: readonly Step[] = [
  'connecting',
  'entry',
  'syn',
  'challenge-ack',
  'reset-translated',
  'reset-untranslated',
  'connected',
];

/** So many records of one step tell no more than the first few. */
const ENOUGH = 12;

/** Points at the stale socket, at each step of the connect, at the rule that stops it, at counters. */
export function collisionEvidence(
  incident: Incident,
  { attempt, stale, cause, state }: Collision,
): Evidence[] {
  const evidence: Evidence[] = [];
  const socket = stale?.sockets[0];
  if (stale !== undefined && socket !== undefined) {
    const says = `The stale socket: FIN-WAIT-2, ${formatEndpoint(stale.local)} ↔ ${formatEndpoint(stale.peer)}.`;
    evidence.push({ ...socket.place, packet: null, says });
  }
  for (const step of STEPS) {
    const ofStep = attempt.evidence.filter(({ shows }) => shows === step);
    for (const { place, packet, says } of ofStep.slice(0, ENOUGH)) {
      evidence.push({ ...place, packet, says });
    }
  }
  if (cause.kind === 'rule') {
    evidence.push({ ...cause.dropRule.place, packet: null, says: 'This rule drops the RST.' });
  }
  return [...evidence, ...counterEvidence(incident, state)];
}
