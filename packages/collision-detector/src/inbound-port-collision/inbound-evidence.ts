import type { Incident } from '@tuplescope/incident';
import type { Step } from '../attempt.ts';
import { counterEvidence } from '../counters.ts';
import type { Evidence } from '../finding.ts';
import type { InboundChallenge } from './inbound-port-collision.ts';

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
const ENOUGH = 6;

/** Points at each step of the connect, at the rule that stops it, at counters. */
export function challengeEvidence(
  incident: Incident,
  { attempt, cause, state }: InboundChallenge,
): Evidence[] {
  const evidence = STEPS.flatMap((step) => {
    const ofStep = attempt.evidence.filter(({ shows }) => shows === step);
    return ofStep.slice(0, ENOUGH).map(({ place, packet, says }) => ({ ...place, packet, says }));
  });
  if (cause.kind === 'rule') {
    evidence.push({ ...cause.dropRule.place, packet: null, says: 'This rule drops the RST.' });
  }
  return [...evidence, ...counterEvidence(incident, state)];
}
