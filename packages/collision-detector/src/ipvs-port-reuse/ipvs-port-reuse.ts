import { capturesOf, type Incident } from '@tuplescope/incident';
import { formatEndpoint } from '@tuplescope/net';
import type { DetectionContext } from '../detector.ts';
import type { Evidence, Finding, State } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import { sysctlEvidence } from '../sysctl-evidence.ts';
import { delayedConnects } from './delayed-connects.ts';
import { drainedConnections } from './drained-servers.ts';
import { ipvsListings } from './ipvs-listings.ts';
import { stuckConfidence } from './stuck-confidence.ts';
import { stuckMissing } from './stuck-missing.ts';
import { releasePorts } from './stuck-mitigations.ts';
import type { Stuck } from './stuck-port.ts';
import { stuckStory, stuckSummary } from './tell-stuck.ts';
import { unansweredSyns } from './unanswered-syns.ts';

const SOURCES = [
  'https://docs.kernel.org/networking/ipvs-sysctl.html',
  'https://github.com/kubernetes/kubernetes/issues/81775',
  'https://github.com/kubernetes/kubernetes/issues/70747',
  'https://github.com/kubernetes/kubernetes/issues/93297',
  'https://github.com/cloudnativelabs/kube-router/issues/544',
];

/** So many connections are listed; more tell no more. */
const ENOUGH = 6;
const MOST = 100;

/** The first version whose IPVS gives a port's next connection to another server without a delay. */
const FIXED: readonly [number, number] = [5, 9];

/** What IPVS does where a client's port comes again. */
export interface ReuseMode {
  /** net.ipv4.vs.conn_reuse_mode, or null where no capture has it. */
  readonly value: number | null;
  /** The kernel is older than 5.9, by its version; null where nothing names it. */
  readonly isOldKernel: boolean | null;
}

/** Connections of one service that meet the same. */
export interface StuckGroup {
  readonly state: State;
  readonly mode: ReuseMode;
  readonly members: readonly [Stuck, ...Stuck[]];
}

/**
 * Finds client ports whose next connection IPVS treats as the last one: it goes to a server that is
 * drained (conn_reuse_mode 0), or its first SYN is dropped (1, before 5.9).
 */
export function findIpvsPortReuses(incident: Incident, context: DetectionContext): Finding[] {
  const mode = reuseMode(incident);
  const listings = ipvsListings(incident);
  if (listings.length === 0 && !hasIpvsSettings(incident)) return [];
  // A kernel that chooses anew for a port that comes again sends it to no drained server.
  const choosesAnew = mode.value !== null && mode.value > 0;
  const drained = choosesAnew ? [] : drainedConnections(incident, listings);
  const delayed =
    mode.isOldKernel === true && mode.value !== 0
      ? delayedConnects(incident, context, listings)
      : [];
  const groups = groupBy<Stuck>([...drained, ...delayed], (stuck) => {
    const { kind, client, server } = stuck;
    const service = formatEndpoint({ address: client.dst, port: client.dport });
    const isConnecting = stuck.kind === 'drained' && stuck.isConnecting;
    return `${kind} ${service} ${server === null ? '' : formatEndpoint(server)} ${isConnecting}`;
  });
  return [...groups.values()].map((members) =>
    findingOf({ members, mode, state: stateOf(members, incident) }, incident, context),
  );
}

function reuseMode(incident: Incident): ReuseMode {
  const value = incident.sysctl('net.ipv4.vs.conn_reuse_mode');
  const [major, minor] = (incident.kernel?.release ?? '').split('.').map(Number);
  const isKnown = Number.isInteger(major) && Number.isInteger(minor);
  const [since, sinceMinor] = FIXED;
  return {
    value: value === null || !/^\d+$/.test(value) ? null : Number(value),
    isOldKernel: isKnown
      ? (major as number) < since || (major === since && (minor as number) < sinceMinor)
      : null,
  };
}

function hasIpvsSettings({ captures }: Incident): boolean {
  return capturesOf(captures, 'sysctl').some(
    ({ content }) => content.table.value('net.ipv4.vs.conn_reuse_mode') !== null,
  );
}

function stateOf(members: readonly Stuck[], { snapshots }: Incident): State {
  const isLast = ({ snapshot }: { readonly snapshot: number | null }): boolean =>
    snapshot === null || snapshot === snapshots.length - 1;
  const shown = members.filter((stuck) => stuck.kind === 'drained' && isLast(stuck));
  if (shown.length === 0) return 'past';
  return shown.some((stuck) => stuck.kind === 'drained' && stuck.isConnecting)
    ? 'active'
    : 'latent';
}

function findingOf(group: StuckGroup, incident: Incident, context: DetectionContext): Finding {
  const { members, state } = group;
  const syns = unansweredSyns(members, context);
  return {
    family: 'ipvs-port-reuse',
    state,
    ...stuckConfidence(group, syns.length > 0),
    ports: [...new Set(members.map(({ client }) => client.sport))].sort((a, b) => a - b),
    tuples: members.slice(0, MOST).map(({ client }) => client),
    process: [],
    summary: stuckSummary(group),
    story: stuckStory(group),
    evidence: [
      ...members.slice(0, ENOUGH).flatMap(({ evidence }) => evidence),
      ...syns.slice(0, ENOUGH),
      ...modeSays(incident),
    ],
    missing: stuckMissing(group, syns.length > 0, incident),
    mitigations: releasePorts(group, incident),
    sources: SOURCES,
  };
}

function modeSays(incident: Incident): Evidence[] {
  return sysctlEvidence(incident, 'net.ipv4.vs.conn_reuse_mode', (value) =>
    value === '0'
      ? "conn_reuse_mode is 0: a port's next connection goes where the last one went."
      : `conn_reuse_mode is ${value}.`,
  );
}
