import type { Incident, Snapshot } from '@tuplescope/incident';
import { formatEndpoint, isSameEndpoint } from '@tuplescope/net';
import type { KernelAssessment } from './assess-kernel.ts';
import { type Cause, causeOf } from './cause.ts';
import { counterEvidence } from './counters.ts';
import type { Confidence, Evidence, Finding, InvolvedProcess, State } from './finding.ts';
import { lastWithSockets } from './half-closed-leak.ts';
import type { JoinedAttempt } from './join-attempts.ts';
import { missingEvidence } from './missing-evidence.ts';
import { healCollision, killStaleSocket, preventLeak } from './mitigations.ts';
import { involved } from './processes.ts';
import { connectingFrom, type StaleSocket } from './stale-sockets.ts';
import { collisionStory, collisionSummary } from './tell-collision.ts';

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
  staleSockets: readonly StaleSocket[],
  attempts: readonly JoinedAttempt[],
  kernel: KernelAssessment,
): Finding[] {
  return attempts.map((attempt) => {
    const stale = staleBefore(attempt, staleSockets, incident);
    const collision: Collision = {
      attempt,
      state: stateOf(incident, attempt),
      cause: causeOf(attempt, incident, kernel),
      stale,
      holder: involved('holder of the stale socket', stale?.sockets ?? []),
      connecting: connectingProcess(incident, attempt),
    };
    return findingOf(incident, collision, kernel);
  });
}

/**
 * The stale socket of this port: in the attempt's own snapshot, else the latest before it. A connect
 * that healed has ended its stale socket: one that is seen at an unknown time is another.
 */
function staleBefore(
  { port, client, snapshot, begin, outcome }: JoinedAttempt,
  staleSockets: readonly StaleSocket[],
  { snapshots }: Incident,
): StaleSocket | undefined {
  const ofPort = staleSockets.filter((stale) =>
    isSameEndpoint(stale.peer, { address: client, port }),
  );
  const own = ofPort.find((stale) => stale.snapshot === snapshot);
  if (own !== undefined) return own;
  return ofPort.findLast((stale) => {
    const at = snapshots[stale.snapshot]?.at ?? null;
    if (at === null || begin === null) return outcome !== 'connected';
    return isBefore(at, begin);
  });
}

/** A time of day without a date is compared by the clock alone. */
function isBefore(at: number, begin: number): boolean {
  return begin < 86_400 ? at % 86_400 <= begin : at <= begin;
}

function stateOf(incident: Incident, { snapshot, outcome }: JoinedAttempt): State {
  const isNow = snapshot !== null && snapshot === lastWithSockets(incident);
  return isNow && outcome !== 'connected' ? 'active' : 'past';
}

function connectingProcess(
  incident: Incident,
  { snapshot, client, port }: JoinedAttempt,
): InvolvedProcess[] {
  if (snapshot === null) return [];
  const listed = incident.snapshots[snapshot] as Snapshot;
  return involved('connecting', connectingFrom(listed, { address: client, port }));
}

function findingOf(incident: Incident, collision: Collision, kernel: KernelAssessment): Finding {
  const { attempt, state, cause, stale, holder, connecting } = collision;
  const { confidence, confidenceReason } = confidenceOf(collision);
  return {
    family: 'outbound-port-collision',
    state,
    confidence,
    confidenceReason,
    ports: [attempt.port],
    tuples: attempt.tuple === null ? [] : [attempt.tuple],
    process: [...holder, ...connecting],
    summary: collisionSummary(collision),
    story: collisionStory(collision, incident, kernel),
    evidence: evidenceOf(incident, collision),
    missing: missingEvidence(incident, stale, attempt.port),
    mitigations: [
      ...(state === 'active' && stale !== undefined ? [killStaleSocket(stale)] : []),
      ...healCollision(cause, incident, stale),
      ...preventLeak(stale),
    ],
    sources: SOURCES,
  };
}

/** Stated rules: what was seen of the old socket's answer, and in how many independent sources. */
function confidenceOf({ attempt, stale }: Collision): {
  confidence: Confidence;
  confidenceReason: string;
} {
  const { sources } = attempt;
  if (sources.has('packets')) {
    return {
      confidence: 'certain',
      confidenceReason: 'The packets show the SYN and the challenge ACK that answers it.',
    };
  }
  if (sources.has('snapshot') && stale !== undefined) {
    return {
      confidence: 'certain',
      confidenceReason:
        'One snapshot shows the connecting socket and the stale socket with the same port.',
    };
  }
  if (sources.has('events') && stale !== undefined) {
    return {
      confidence: 'certain',
      confidenceReason:
        'A snapshot shows the stale socket, and conntrack’s events the answer that was no SYN-ACK.',
    };
  }
  if (sources.has('events')) {
    return {
      confidence: 'likely',
      confidenceReason:
        'conntrack’s events show an answer that was no SYN-ACK; no snapshot shows the stale socket.',
    };
  }
  return {
    confidence: 'possible',
    confidenceReason: 'Only RSTs in the kernel log show it; other causes send such RSTs too.',
  };
}

/** So many records of one kind tell no more than the first few. */
const ENOUGH = 12;

function evidenceOf(incident: Incident, { attempt, stale, cause, state }: Collision): Evidence[] {
  const evidence: Evidence[] = [];
  const socket = stale?.sockets[0];
  if (stale !== undefined && socket !== undefined) {
    const says = `The stale socket: FIN-WAIT-2 ${formatEndpoint(stale.local)} ↔ ${formatEndpoint(stale.peer)}.`;
    evidence.push({ ...socket.place, packet: null, says });
  }
  for (const step of [
    'connecting',
    'entry',
    'syn',
    'challenge-ack',
    'reset-translated',
    'reset-untranslated',
    'connected',
  ] as const) {
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
