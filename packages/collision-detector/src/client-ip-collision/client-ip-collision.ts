import type { Incident } from '@tuplescope/incident';
import { formatEndpoint, isSameAddress } from '@tuplescope/net';
import { findClientSockets } from '../client-sockets.ts';
import type { DetectionContext } from '../detector.ts';
import type { Finding, State } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import { lastWithSockets } from '../half-closed-leak.ts';
import type { PlacedSocket } from '../placed-socket.ts';
import { involved } from '../processes.ts';
import type { Clash } from './clash.ts';
import { clashConfidence } from './clash-confidence.ts';
import { clashMissing } from './clash-missing.ts';
import { avoidClash } from './clash-mitigations.ts';
import { hairpin } from './hairpin.ts';
import { clashStory, clashSummary } from './tell-clash.ts';
import { twoWays } from './two-ways.ts';

const SOURCES = [
  'https://github.com/kubernetes/cloud-provider-aws/issues/1160',
  'https://github.com/kubernetes/kubernetes/issues/66796',
  'https://github.com/aws/amazon-vpc-cni-k8s/issues/2505',
  'https://github.com/openshift/api/pull/2661',
];

/** So many connects are listed; more tell no more. */
const ENOUGH = 6;

/** Connects to one server that clash in the same way. */
export interface ClashGroup {
  readonly state: State;
  readonly members: readonly [Clash, ...Clash[]];
  /** Sockets of the last snapshot that are connecting so. */
  readonly sockets: readonly PlacedSocket[];
}

/**
 * Finds connections that a load balancer made alike because it kept the client's address: two with
 * one tuple at one server, or one that came back to the host that made it.
 */
export function findClientIpCollisions(
  incident: Incident,
  { packets, troubled }: DetectionContext,
): Finding[] {
  const clashes = troubled().flatMap(
    (connect) => hairpin(connect, packets()) ?? twoWays(connect, packets()) ?? [],
  );
  const groups = groupBy(clashes, ({ kind, client }) => {
    return `${kind} ${formatEndpoint({ address: client.dst, port: client.dport })}`;
  });
  return [...groups.values()].map((members) => {
    const sockets = connectingIn(incident, members);
    return findingOf({ members, sockets, state: sockets.length > 0 ? 'active' : 'past' }, incident);
  });
}

function connectingIn(incident: Incident, clashes: readonly Clash[]): PlacedSocket[] {
  const snapshot = incident.snapshots[lastWithSockets(incident)];
  if (snapshot === undefined) return [];
  const ends = clashes.map(({ client }) => ({ address: client.src, port: client.sport }));
  const found = findClientSockets(snapshot, ends);
  return clashes.flatMap(({ client }, i) => {
    const sockets = found.get(formatEndpoint(ends[i] as (typeof ends)[number])) ?? [];
    return sockets.filter(
      ({ socket: { state, peer } }) =>
        state === 'SYN-SENT' &&
        peer.port === client.dport &&
        isSameAddress(peer.address, client.dst),
    );
  });
}

function findingOf(group: ClashGroup, incident: Incident): Finding {
  const { members, state, sockets } = group;
  return {
    family: 'client-ip-collision',
    state,
    ...clashConfidence(group),
    ports: [...new Set(members.map(({ client }) => client.sport))].sort((a, b) => a - b),
    tuples: members.slice(0, ENOUGH).map(({ client }) => client),
    process: involved('connecting', sockets),
    summary: clashSummary(group),
    story: clashStory(group),
    evidence: [
      ...members.slice(0, ENOUGH).flatMap(({ evidence }) => evidence),
      ...sockets
        .slice(0, 1)
        .map(({ place }) => ({ ...place, packet: null, says: 'Its socket: still connecting.' })),
    ],
    missing: clashMissing(group, incident),
    mitigations: avoidClash(group),
    sources: SOURCES,
  };
}
