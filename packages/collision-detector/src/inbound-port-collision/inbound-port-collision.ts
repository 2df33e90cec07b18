import type { Incident } from '@tuplescope/incident';
import { formatEndpoint, normalizeAddress, type Tuple } from '@tuplescope/net';
import { attemptsInEvents } from '../attempts-in-events.ts';
import { attemptsInLog } from '../attempts-in-log.ts';
import { type Cause, causeOf } from '../cause.ts';
import type { DetectionContext } from '../detector.ts';
import type { Finding, State } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import { lastWithSockets } from '../half-closed-leak.ts';
import { type JoinedAttempt, joinAttempts } from '../join-attempts.ts';
import type { PlacedSocket } from '../placed-socket.ts';
import { involved } from '../processes.ts';
import { earlierConnections } from './earlier-connections.ts';
import { findRemaps } from './find-remaps.ts';
import { inboundAttemptsInPackets } from './inbound-attempts-in-packets.ts';
import { inboundAttemptsInSnapshots } from './inbound-attempts-in-snapshots.ts';
import { challengeConfidence, remapConfidence } from './inbound-confidence.ts';
import { challengeEvidence } from './inbound-evidence.ts';
import { inboundMissing } from './inbound-missing.ts';
import { preventInbound } from './inbound-mitigations.ts';
import type { Remap } from './remap.ts';
import { challengeStory, challengeSummary } from './tell-challenge.ts';
import { remapStory, remapSummary } from './tell-remap.ts';

const SOURCES = [
  'https://github.com/istio/istio/issues/38982',
  'https://github.com/istio/istio/issues/42630',
];

/** So many collisions are told one by one, what is active first; of the others it is said that they are. */
const MOST_TOLD = 50;

/** More tuples than this are counted, in the summary, and not listed. */
const MOST_TUPLES = 100;

/** An inbound connect that met the socket of the same client port's earlier connection. */
export interface InboundChallenge {
  readonly attempt: JoinedAttempt;
  readonly state: State;
  readonly cause: Cause;
  /** The client's earlier connection, or null where no record shows it. */
  readonly first: Tuple | null;
  /** The proxy's socket of it, where a snapshot shows it. */
  readonly holders: readonly PlacedSocket[];
}

/**
 * Finds inbound connections of one client port that collide at the proxy: both are redirected to one
 * port, so they differ by the client's port alone. While the first one's entry lives, NAT moves the
 * second to another source port; when it has gone, the second meets the first one's socket.
 */
export function findInboundPortCollisions(
  incident: Incident,
  context: DetectionContext,
): Finding[] {
  const found = challenges(incident, context);
  const [first, ...others] = found.slice(MOST_TOLD);
  return [
    ...found.slice(0, MOST_TOLD).map((challenge) => challengeFinding(incident, challenge)),
    ...(first === undefined ? [] : [furtherFinding(incident, [first, ...others])]),
    ...remapFindings(incident),
  ];
}

function challenges(incident: Incident, context: DetectionContext): InboundChallenge[] {
  const inSnapshots = inboundAttemptsInSnapshots(incident);
  const inPackets = inboundAttemptsInPackets(incident, context);
  const attempts = joinAttempts([
    ...inPackets,
    ...attemptsInEvents(incident, 'inbound'),
    ...inSnapshots,
    ...attemptsInLog(incident, 'inbound'),
  ]).filter(({ sources }) => sources.size > 1 || !sources.has('log'));
  const firstOf = earlierConnections(incident, attempts);
  const holders = groupBy(inSnapshots, keyOf);
  const seen = groupBy(inPackets, keyOf);
  const last = lastWithSockets(incident);
  const found = attempts.map(
    (attempt): InboundChallenge => ({
      attempt,
      state: attempt.snapshot === last && attempt.outcome !== 'connected' ? 'active' : 'past',
      cause: causeOf(attempt, incident, context.kernel, 'inbound'),
      first:
        firstOf(attempt) ??
        seen.get(keyOf(attempt))?.find(({ first }) => first !== null)?.first ??
        null,
      holders: holders.get(keyOf(attempt))?.at(-1)?.holders ?? [],
    }),
  );
  return found.sort((a, b) => Number(b.state === 'active') - Number(a.state === 'active'));
}

function keyOf({ client, port }: Pick<JoinedAttempt, 'client' | 'port'>): string {
  return formatEndpoint({ address: normalizeAddress(client), port });
}

function challengeFinding(incident: Incident, challenge: InboundChallenge): Finding {
  const { attempt, state, first, holders } = challenge;
  return {
    family: 'inbound-port-collision',
    state,
    ...challengeConfidence(challenge),
    ports: [attempt.port],
    tuples: [first, attempt.tuple].flatMap((tuple) => tuple ?? []),
    process: involved("holder of the first connection's socket", holders),
    summary: challengeSummary(challenge),
    story: challengeStory(challenge, incident),
    evidence: challengeEvidence(incident, challenge),
    missing: inboundMissing(incident, attempt.port),
    mitigations: preventInbound(incident, challenge),
    sources: SOURCES,
  };
}

/** What is left of very many: that they are, with the first hundred of them. */
function furtherFinding(
  incident: Incident,
  challenges: readonly [InboundChallenge, ...InboundChallenge[]],
): Finding {
  const [first] = challenges;
  const shown = challenges.slice(0, MOST_TUPLES);
  const ports = challenges.map(({ attempt }) => attempt.port);
  return {
    ...challengeFinding(incident, first),
    state: challenges.some(({ state }) => state === 'active') ? 'active' : 'past',
    ports: [...new Set(ports)].sort((a, b) => a - b),
    tuples: shown.flatMap(({ first: old, attempt }) =>
      [old, attempt.tuple].flatMap((it) => it ?? []),
    ),
    process: [],
    summary: `${challenges.length} more connects of clients met the socket of another connection from the same client port.`,
    story: challengeStory(first, incident),
    evidence: shown.flatMap(({ attempt }) =>
      attempt.evidence.slice(0, 2).map(({ place, packet, says }) => ({ ...place, packet, says })),
    ),
  };
}

/** Of moved connections in one state there is one thing to say, however many they are. */
function remapFindings(incident: Incident): Finding[] {
  const groups = groupBy(findRemaps(incident), ({ interceptionPort, state, first }) => {
    return `${interceptionPort} ${state} ${first === null}`;
  });
  return [...groups.values()].map((remaps) => remapFinding(incident, remaps));
}

function remapFinding(incident: Incident, remaps: readonly [Remap, ...Remap[]]): Finding {
  const shown = remaps.slice(0, MOST_TUPLES);
  return {
    family: 'inbound-port-collision',
    state: remaps[0].state,
    ...remapConfidence(remaps),
    ports: [...new Set(remaps.map(({ client }) => client.port))].sort((a, b) => a - b),
    tuples: shown.flatMap(({ first, moved }) => (first === null ? [moved] : [first, moved])),
    process: [],
    summary: remapSummary(remaps),
    story: remapStory(remaps),
    evidence: shown.flatMap(({ evidence }) => evidence),
    missing: inboundMissing(incident, remaps[0].client.port),
    mitigations: preventInbound(incident, null),
    sources: SOURCES,
  };
}
