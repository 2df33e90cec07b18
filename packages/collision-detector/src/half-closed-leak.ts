import type { Incident, Snapshot } from '@tuplescope/incident';
import { type Tuple, tupleKey } from '@tuplescope/net';
import type { KernelAssessment } from './assess-kernel.ts';
import type { DetectionContext } from './detector.ts';
import type { Finding, State } from './finding.ts';
import { groupBy } from './group-by.ts';
import { leakConfidence } from './leak-confidence.ts';
import { leakEvidence } from './leak-evidence.ts';
import { missingEvidence } from './missing-evidence.ts';
import { killStaleSockets, preventLeak } from './mitigations.ts';
import { originalTuples } from './original-tuples.ts';
import { involved } from './processes.ts';
import { connectingSockets, type StaleSocket } from './stale-sockets.ts';
import { leakStory, leakSummary } from './tell-leak.ts';

const SOURCES = [
  'https://github.com/istio/istio/issues/43297',
  'https://github.com/envoyproxy/envoy/issues/2067',
];

/** Leaked sockets of one proxy that are in the same state. */
export interface Leak {
  /** Each as the last snapshot shows it that shows it best. */
  readonly sockets: readonly [StaleSocket, ...StaleSocket[]];
  readonly state: State;
}

/**
 * Finds proxy sockets that outlived their conntrack entries: half-closed, behind an interception
 * port, with no entry left to translate the client's FIN. Leaks of one proxy and state are one
 * finding with several ports.
 */
export function findHalfClosedLeaks(
  incident: Incident,
  { staleSockets, kernel }: DetectionContext,
): Finding[] {
  const leaks = leaksOf(incident, staleSockets);
  const tuples = originalTuples(
    incident,
    leaks.flatMap(({ sockets }) => sockets),
  );
  return leaks.map((leak) => findingOf(incident, leak, tuples, kernel));
}

function leaksOf(incident: Incident, staleSockets: readonly StaleSocket[]): Leak[] {
  const known = leakedConnections(staleSockets).map(({ stale, lastSeen }) => ({
    stale,
    state: stateOf(incident, stale, lastSeen),
  }));
  const groups = groupBy(known, ({ stale: { local, sockets }, state }) => {
    return `${state} ${local.port} ${sockets[0]?.socket.process[0]?.pid ?? ''}`;
  });
  return [...groups.values()].map(([first, ...others]) => ({
    sockets: [first.stale, ...others.map(({ stale }) => stale)],
    state: first.state,
  }));
}

interface LeakedConnection {
  readonly stale: StaleSocket;
  /** Index of the last snapshot that shows the socket, with a conntrack listing or without. */
  readonly lastSeen: number;
}

/**
 * A socket is leaked where a snapshot shows it without the entry of its own connection; where no
 * snapshot of it has a conntrack listing, it may be.
 */
function leakedConnections(staleSockets: readonly StaleSocket[]): LeakedConnection[] {
  const sightings = groupBy(staleSockets, ({ reply }) => tupleKey(reply));
  return [...sightings.values()].flatMap((seen) => {
    const last = seen.at(-1) as StaleSocket;
    const told = seen.findLast(({ entryState }) => entryState !== 'unknown');
    if (told?.entryState === 'tracked') return [];
    return [{ stale: told ?? last, lastSeen: last.snapshot }];
  });
}

function stateOf(incident: Incident, stale: StaleSocket, lastSeen: number): State {
  if (lastSeen < lastWithSockets(incident)) return 'past';
  const isMet = stale.snapshot === lastSeen && connectingSockets(stale).length > 0;
  return isMet ? 'active' : 'latent';
}

/** Only a snapshot that lists sockets can show that one is gone. */
export function lastWithSockets({ snapshots }: Incident): number {
  return snapshots.findLastIndex(({ captures }: Snapshot) =>
    captures.some(({ content }) => content.kind === 'ss'),
  );
}

function findingOf(
  incident: Incident,
  leak: Leak,
  tuples: ReadonlyMap<string, Tuple>,
  kernel: KernelAssessment,
): Finding {
  const { sockets, state } = leak;
  const [first] = sockets;
  return {
    family: 'half-closed-leak',
    state,
    ...leakConfidence(sockets),
    ports: [...new Set(sockets.map(({ peer }) => peer.port))].sort((a, b) => a - b),
    tuples: sockets.flatMap(({ reply }) => tuples.get(tupleKey(reply)) ?? []),
    process: involved(
      'holder of the stale socket',
      sockets.flatMap((stale) => stale.sockets),
    ),
    summary: leakSummary(leak),
    story: leakStory(leak, incident, kernel),
    evidence: leakEvidence(incident, sockets),
    missing: missingEvidence(incident, first, sockets.length === 1 ? first.peer.port : undefined),
    mitigations: [...(state === 'past' ? [] : [killStaleSockets(sockets)]), ...preventLeak(first)],
    sources: SOURCES,
  };
}
