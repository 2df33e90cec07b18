import type { Incident } from '@tuplescope/incident';
import { formatEndpoint, invertTuple, isSameAddress, tupleKey } from '@tuplescope/net';
import { findClientSockets } from '../client-sockets.ts';
import { connectionKey } from '../connection-key.ts';
import type { Finding, State } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import { lastWithSockets } from '../half-closed-leak.ts';
import { interceptionPorts } from '../interception-ports.ts';
import type { PlacedSocket } from '../placed-socket.ts';
import { involved } from '../processes.ts';
import { findPickups } from './find-pickups.ts';
import type { Pickup, PickupSides } from './pickup.ts';
import { pickupConfidence } from './pickup-confidence.ts';
import { pickupMissing } from './pickup-missing.ts';
import { preventPickup } from './pickup-mitigations.ts';
import { pickupSides } from './pickup-sides.ts';
import { pickupStory, pickupSummary } from './tell-pickup.ts';

const SOURCES = [
  'https://docs.kernel.org/networking/nf_conntrack-sysctl.html',
  'https://github.com/istio/istio/issues/43301',
];

/** More tuples than this are counted, in the summary, and not listed. */
const MOST_TUPLES = 100;

/** Connections to more servers than this are told together. */
const MOST_SERVERS = 20;

/** One connection that was taken up in its middle, with all that is known of it. */
export interface TakenUp extends PickupSides {
  readonly pickup: Pickup;
  /** The interception port that its late packet was redirected to, or null. */
  readonly redirectedTo: number | null;
  /** The pod's own end of the connection, where the last snapshot still lists it. */
  readonly socket: PlacedSocket | null;
}

/** Connections that one story tells: with one outcome, and of one server unless there are very many. */
export interface TakenUpGroup {
  readonly state: State;
  readonly members: readonly [TakenUp, ...TakenUp[]];
}

/**
 * Finds connections that outlived their conntrack entries and were taken up in the middle: a late
 * packet made a new entry, often the wrong way round, and where a rule redirects what looks new, it
 * went to the proxy instead of its socket.
 */
export function findLoosePickups(incident: Incident): Finding[] {
  const pickups = findPickups(incident);
  if (pickups.length === 0) return [];
  const taken = oncePerConnection(takenUp(incident, pickups));
  const outcomeOf = ({ redirectedTo, pickup, socket, isFromServer }: TakenUp): string =>
    `${redirectedTo} ${pickup.isReset} ${socket !== null} ${isFromServer}`;
  const byServer = groupBy(taken, (one) => {
    return `${formatEndpoint({ address: one.client.dst, port: one.client.dport })} ${outcomeOf(one)}`;
  });
  const groups = byServer.size > MOST_SERVERS ? groupBy(taken, outcomeOf) : byServer;
  return [...groups.values()].map((members) =>
    findingOf(incident, { members, state: members[0].socket === null ? 'past' : 'active' }),
  );
}

function takenUp(incident: Incident, pickups: readonly Pickup[]): TakenUp[] {
  const sidesOf = pickupSides(incident, pickups);
  const inbound = interceptionPorts(incident, 'inbound');
  const told = pickups.map((pickup) => ({ pickup, ...sidesOf(pickup) }));
  const sockets = liveSockets(incident, told);
  return told.map((each) => {
    const { reply, orig } = each.pickup;
    const isTranslated = tupleKey(reply) !== tupleKey(invertTuple(orig));
    return {
      ...each,
      redirectedTo: isTranslated && inbound.has(reply.sport) ? reply.sport : null,
      socket: sockets.get(tupleKey(each.client)) ?? null,
    };
  });
}

/** States of a socket that still means its connection to go on. */
const LIVE = new Set(['ESTAB', 'CLOSE-WAIT', 'FIN-WAIT-1']);

/** The pod's client sockets of these connections in the last snapshot, by their tuples. */
function liveSockets(
  incident: Incident,
  told: readonly PickupSides[],
): ReadonlyMap<string, PlacedSocket> {
  const snapshot = incident.snapshots[lastWithSockets(incident)];
  const found = new Map<string, PlacedSocket>();
  if (snapshot === undefined) return found;
  const ends = told.map(({ client }) => ({ address: client.src, port: client.sport }));
  const byEnd = findClientSockets(snapshot, ends);
  for (const [i, { client }] of told.entries()) {
    const sockets = byEnd.get(formatEndpoint(ends[i] as (typeof ends)[number])) ?? [];
    const live = sockets.find(
      ({ socket: { state, peer } }) =>
        LIVE.has(state ?? '') &&
        peer.port === client.dport &&
        isSameAddress(peer.address, client.dst),
    );
    if (live !== undefined) found.set(tupleKey(client), live);
  }
  return found;
}

/** The other side's late packets make entries too, the other way round: one story. */
function oncePerConnection(taken: readonly TakenUp[]): TakenUp[] {
  const byConnection = groupBy(taken, ({ client }) => connectionKey(client));
  return [...byConnection.values()].map((group) => {
    const first = group.find(({ redirectedTo }) => redirectedTo !== null) ?? group[0];
    const others = group.filter((other) => other !== first);
    const evidence = [first, ...others].flatMap(({ pickup }) => pickup.evidence);
    return { ...first, pickup: { ...first.pickup, evidence } };
  });
}

function findingOf(incident: Incident, group: TakenUpGroup): Finding {
  const { members, state } = group;
  const ports = members.map(({ client }) => client.sport);
  return {
    family: 'loose-pickup',
    state,
    ...pickupConfidence(members),
    ports: [...new Set(ports)].sort((a, b) => a - b),
    tuples: members.slice(0, MOST_TUPLES).map(({ client }) => client),
    process: involved(
      'holder of the forgotten connection',
      members.flatMap(({ socket }) => socket ?? []),
    ),
    summary: pickupSummary(group),
    story: pickupStory(group, incident),
    evidence: members
      .slice(0, MOST_TUPLES)
      .flatMap(({ pickup, socket }) => [
        ...pickup.evidence,
        ...(socket === null
          ? []
          : [{ ...socket.place, packet: null, says: "The connection's own socket, still open." }]),
      ]),
    missing: pickupMissing(incident, members[0]),
    mitigations: preventPickup(incident, members[0]),
    sources: SOURCES,
  };
}
