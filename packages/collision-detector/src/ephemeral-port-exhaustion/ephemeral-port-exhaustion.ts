import { findSocketErrors, type Incident, type SocketError } from '@tuplescope/incident';
import { isLoopback } from '@tuplescope/net';
import type { Finding, State } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import { type LocalPortRange, localPortRange } from '../local-port-range.ts';
import { exhaustionConfidence } from './exhaustion-confidence.ts';
import { exhaustionEvidence } from './exhaustion-evidence.ts';
import { exhaustionMissing } from './exhaustion-missing.ts';
import { relieveExhaustion } from './exhaustion-mitigations.ts';
import type { Fill } from './fill.ts';
import { FULL_ENOUGH } from './fill-tally.ts';
import { findFills } from './find-fills.ts';
import { exhaustionStory, exhaustionSummary } from './tell-exhaustion.ts';

const SOURCES = [
  'https://github.com/istio/istio/issues/51210',
  'https://github.com/istio/istio/issues/26101',
  'https://github.com/istio/istio/issues/44008',
  'https://github.com/cilium/cilium/issues/36427',
  'https://github.com/cilium/cilium/issues/21346',
  'https://github.com/cilium/cilium/issues/33074',
];

/** The ports of one address toward one endpoint, as the fullest of the last snapshots shows them. */
export interface Exhaustion {
  readonly state: State;
  /** Null where only programs tell of it. */
  readonly fill: Fill | null;
  readonly range: LocalPortRange;
  /** Lines of programs that got no port toward this endpoint, or toward one that they do not name. */
  readonly errors: readonly SocketError[];
}

/**
 * Finds addresses that have no source port left toward an endpoint, or nearly none: at least four
 * fifths of the ports to choose from are held by sockets or by conntrack entries.
 */
export function findPortExhaustion(incident: Incident): Finding[] {
  const range = localPortRange(incident);
  const errors = findSocketErrors(incident.captures).filter(isOfConnect);
  const fills = findFills(incident, range).filter((fill) => isBlocking(fill, incident, errors));
  const last = lastWithPorts(incident);
  const byEndpoint = groupBy(fills, ({ chooser, src, dst, dport }) => {
    return `${chooser} ${src} ${dst} ${dport}`;
  });
  const found = [...byEndpoint.values()].map((group): Exhaustion => {
    const fill = group.at(-1) ?? group[0];
    const own = errors.filter(({ port }) => port === null || port === fill.dport);
    return { state: stateOf(fill, last, own), fill, range, errors: own };
  });
  const told = found.length > 0 ? found : onlyTold(range, errors);
  return told.map((exhaustion) => findingOf(incident, exhaustion));
}

/** A listener that cannot have its port is another family; what names neither is taken for a connect. */
function isOfConnect({ code, wanted }: SocketError): boolean {
  return code === 'EADDRNOTAVAIL' ? wanted !== 'listen' : wanted === 'connect';
}

/**
 * A port in TIME-WAIT is free again after a second where tcp_tw_reuse allows it: such ports count
 * only where a program tells that it got none. Entries alone do not hold a program's port.
 */
function isBlocking(fill: Fill, incident: Incident, errors: readonly SocketError[]): boolean {
  const { chooser, held, inTimeWait, tracked, usable, sockets } = fill;
  if (chooser === 'nat' || errors.length > 0) return true;
  if (sockets === null) return tracked >= usable * FULL_ENOUGH;
  const reusable = reusesTimeWait(incident, fill) ? inTimeWait : 0;
  return held - reusable >= usable * FULL_ENOUGH;
}

/** tcp_tw_reuse: 1 for all, 2 (the default from 4.19 on) for what stays on loopback. */
function reusesTimeWait(incident: Incident, { dst }: Fill): boolean {
  const reuse = incident.sysctl('net.ipv4.tcp_tw_reuse');
  return reuse === '1' || (reuse === '2' && isLoopback(dst));
}

function stateOf(fill: Fill, last: number, errors: readonly SocketError[]): State {
  if (fill.snapshot < last) return 'past';
  const isFull = Math.max(fill.held, fill.tracked) >= fill.usable;
  return isFull || errors.length > 0 ? 'active' : 'latent';
}

/** Only a listing of sockets or entries can show that ports are free again. */
function lastWithPorts({ snapshots }: Incident): number {
  return snapshots.findLastIndex(({ captures }) =>
    captures.some(({ content }) => content.kind === 'ss' || content.kind === 'conntrack'),
  );
}

/** Programs that got no local port, where no listing shows who has them. */
function onlyTold(range: LocalPortRange, errors: readonly SocketError[]): Exhaustion[] {
  const noPort = errors.filter(({ code }) => code === 'EADDRNOTAVAIL');
  return noPort.length === 0 ? [] : [{ state: 'past', fill: null, range, errors: noPort }];
}

function findingOf(incident: Incident, exhaustion: Exhaustion): Finding {
  const { state, fill, errors } = exhaustion;
  const named = errors.flatMap(({ port }) => port ?? []);
  const ports = fill === null ? named : [fill.dport];
  return {
    family: 'ephemeral-port-exhaustion',
    state,
    ...exhaustionConfidence(exhaustion),
    ports: [...new Set(ports)].sort((a, b) => a - b),
    tuples: [],
    process: [],
    summary: exhaustionSummary(exhaustion),
    story: exhaustionStory(exhaustion, incident),
    evidence: exhaustionEvidence(incident, exhaustion),
    missing: exhaustionMissing(incident, exhaustion),
    mitigations: relieveExhaustion(incident, exhaustion),
    sources: SOURCES,
  };
}
