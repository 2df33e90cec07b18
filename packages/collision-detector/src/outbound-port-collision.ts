import type { Incident } from '@tuplescope/incident';
import { type Endpoint, formatEndpoint, normalizeAddress } from '@tuplescope/net';
import type { KernelAssessment } from './assess-kernel.ts';
import { type Cause, causeOf } from './cause.ts';
import { collisionConfidence } from './collision-confidence.ts';
import { collisionEvidence } from './collision-evidence.ts';
import type { DetectionContext } from './detector.ts';
import type { Finding, InvolvedProcess, State } from './finding.ts';
import { groupBy } from './group-by.ts';
import { lastWithSockets } from './half-closed-leak.ts';
import type { JoinedAttempt } from './join-attempts.ts';
import { missingEvidence } from './missing-evidence.ts';
import { healCollision, killStaleSockets, preventLeak } from './mitigations.ts';
import { involved } from './processes.ts';
import { connectingSockets, type StaleSocket } from './stale-sockets.ts';
import { collisionStory, collisionSummary } from './tell-collision.ts';
import { secondsBetween } from './times.ts';

const SOURCES = [
  'https://github.com/istio/istio/issues/43301',
  'https://git.kernel.org/torvalds/c/c410cb974f2b',
];

/** A connect that met a stale socket, with all that is known around it. */
export interface Collision {
  readonly attempt: JoinedAttempt;
  readonly state: State;
  readonly cause: Cause;
  /** The socket that was in the way, where a snapshot shows it. */
  readonly stale: StaleSocket | undefined;
  readonly holder: readonly InvolvedProcess[];
  readonly connecting: readonly InvolvedProcess[];
}

/** Finds the connects that met the stale socket of an earlier connection from the same port. */
export function findOutboundPortCollisions(
  incident: Incident,
  { staleSockets, attempts, kernel }: DetectionContext,
): Finding[] {
  const byClient = groupBy(staleSockets, ({ peer }) => formatEndpoint(peer));
  const last = lastWithSockets(incident);
  return attempts.map((attempt) => {
    const ofClient = byClient.get(formatEndpoint(clientOf(attempt))) ?? [];
    const own = ofClient.find(({ snapshot }) => snapshot === attempt.snapshot);
    const stale = own ?? staleBefore(attempt, ofClient, incident);
    const isNow = attempt.snapshot === last && attempt.outcome !== 'connected';
    return findingOf(incident, kernel, {
      attempt,
      state: isNow ? 'active' : 'past',
      cause: causeOf(attempt, incident, kernel),
      stale,
      holder: involved('holder of the stale socket', stale?.sockets ?? []),
      connecting: own === undefined ? [] : involved('connecting', connectingSockets(own)),
    });
  });
}

function clientOf({ client, port }: JoinedAttempt): Endpoint {
  return { address: normalizeAddress(client), port };
}

/**
 * The client's stale socket in the latest snapshot before the attempt. A connect that healed has
 * ended its stale socket: one that is seen at an unknown time is another.
 */
function staleBefore(
  { begin, outcome }: JoinedAttempt,
  staleSockets: readonly StaleSocket[],
  { snapshots }: Incident,
): StaleSocket | undefined {
  return staleSockets.findLast((stale) => {
    const at = snapshots[stale.snapshot]?.at ?? null;
    if (at === null || begin === null) return outcome !== 'connected';
    return secondsBetween(at, begin) >= 0;
  });
}

function findingOf(incident: Incident, kernel: KernelAssessment, collision: Collision): Finding {
  const { attempt, state, cause, stale, holder, connecting } = collision;
  return {
    family: 'outbound-port-collision',
    state,
    ...collisionConfidence(collision),
    ports: [attempt.port],
    tuples: attempt.tuple === null ? [] : [attempt.tuple],
    process: [...holder, ...connecting],
    summary: collisionSummary(collision),
    story: collisionStory(collision, incident, kernel),
    evidence: collisionEvidence(incident, collision),
    missing: missingEvidence(incident, stale, attempt.port),
    mitigations: [
      ...(state === 'active' && stale !== undefined ? [killStaleSockets([stale])] : []),
      ...healCollision(cause, incident, stale),
      ...preventLeak(stale),
    ],
    sources: SOURCES,
  };
}
