import type { Incident } from '@tuplescope/incident';
import type { Tuple } from '@tuplescope/net';
import type { Finding, State } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import { lastWithSockets } from '../half-closed-leak.ts';
import { listeningPorts } from '../listening-ports.ts';
import { type LocalPortRange, localPortRange } from '../local-port-range.ts';
import { endpointOf } from '../placed-socket.ts';
import { involved } from '../processes.ts';
import { sysctlEvidence } from '../sysctl-evidence.ts';
import { type PortHolders, portHolders } from './port-holders.ts';
import { takenConfidence } from './taken-confidence.ts';
import { takenMissing } from './taken-missing.ts';
import { freeListenerPort } from './taken-mitigations.ts';
import { takenStory, takenSummary } from './tell-taken.ts';
import type { WantedPorts } from './wanted-port.ts';
import { wantedPorts } from './wanted-ports.ts';

const SOURCES = [
  'https://github.com/kubernetes/kubernetes/issues/111682',
  'https://github.com/kubernetes/kubernetes/issues/40920',
  'https://github.com/bottlerocket-os/bottlerocket/issues/1386',
  'https://github.com/projectcalico/calico/issues/3424',
  'https://github.com/cilium/cilium/issues/10261',
  'https://github.com/cilium/cilium/issues/34041',
  'https://github.com/istio/istio/issues/38824',
];

/** A port that somebody wants to listen on and that a connection has, or may get. */
export interface TakenPort {
  readonly wanted: WantedPorts;
  readonly state: State;
  /** The connections that have it, in the last snapshot that shows them; null: none is listed. */
  readonly holders: PortHolders | null;
  readonly range: LocalPortRange;
}

/**
 * Finds ports that somebody wants to listen on while an outgoing connection has them as its local
 * port: the kernel gave it away, because it lies in the range that connects choose from.
 */
export function findTakenListenerPorts(incident: Incident): Finding[] {
  const range = localPortRange(incident);
  const wanted = wantedPorts(incident, range);
  if (wanted.size === 0) return [];
  const byPort = groupBy(portHolders(incident, new Set(wanted.keys())), ({ port }) => String(port));
  const last = lastWithSockets(incident);
  const listened = listeningPorts(incident);
  const taken = [...wanted.values()].flatMap((one): TakenPort[] => {
    const holders = byPort.get(String(one.ports[0]))?.at(-1) ?? null;
    const state = stateOf(one, holders, { last, range, listened });
    return state === null ? [] : [{ wanted: one, state, holders, range }];
  });
  return unheldTogether(taken).map((one) => findingOf(incident, one));
}

/** So many records of ports that nobody has are enough. */
const ENOUGH = 8;

/** Of ports that nobody has yet there is one thing to say, however many they are. */
function unheldTogether(taken: readonly TakenPort[]): TakenPort[] {
  const isUnheld = ({ holders, state }: TakenPort): boolean =>
    holders === null && state === 'latent';
  const [first, ...others] = taken.filter(isUnheld);
  const held = taken.filter((one) => !isUnheld(one));
  if (first === undefined) return held;
  const all = [first, ...others].map(({ wanted }) => wanted);
  const ports = all.flatMap((wanted) => wanted.ports).sort((a, b) => a - b);
  const evidence = all.flatMap((wanted) => wanted.evidence).slice(0, ENOUGH);
  const wanted = { ...first.wanted, ports: ports as [number, ...number[]], evidence };
  return [...held, { ...first, wanted }];
}

interface Around {
  readonly last: number;
  readonly range: LocalPortRange;
  readonly listened: ReadonlySet<number>;
}

function stateOf(
  { ports: [port], by }: WantedPorts,
  holders: PortHolders | null,
  { last, range, listened }: Around,
): State | null {
  if (holders !== null) {
    if (holders.snapshot < last) return 'past';
    return by.includes('error') ? 'active' : 'latent';
  }
  // Whoever listens has the port: the program that could not was a second one.
  if (by.includes('error')) return listened.has(port) || !range.has(port) ? null : 'past';
  // The ports of a captured range that rules need a listener on: the next one to start may be late.
  return by.includes('rule') && range.isCaptured && range.has(port) ? 'latent' : null;
}

function findingOf(incident: Incident, taken: TakenPort): Finding {
  const { wanted, state, holders } = taken;
  return {
    family: 'listener-port-taken',
    state,
    ...takenConfidence(taken),
    ports: wanted.ports,
    tuples: tuplesOf(holders),
    process: involved('holder of the port', holders?.sockets ?? []),
    summary: takenSummary(taken),
    story: takenStory(taken, incident),
    evidence: [
      ...wanted.evidence,
      ...(holders?.sockets ?? []).map(({ place, socket }) => {
        const says = `A connection has the port (${socket.state ?? 'state not listed'}), and nobody listens on it.`;
        return { ...place, packet: null, says };
      }),
      ...sysctlEvidence(incident, 'net.ipv4.ip_local_port_range', (value) => {
        return `Connects choose from ${value.trim().replace(/\s+/, ' to ')}.`;
      }),
      ...sysctlEvidence(incident, 'net.ipv4.ip_local_reserved_ports', (value) => {
        return value.trim() === '' ? 'No port is reserved.' : 'The ports that connects pass over.';
      }),
    ],
    missing: takenMissing(incident, taken),
    mitigations: freeListenerPort(incident, taken),
    sources: SOURCES,
  };
}

function tuplesOf(holders: PortHolders | null): Tuple[] {
  return (holders?.sockets ?? []).flatMap(({ socket }) => {
    const local = endpointOf(socket.local);
    const peer = endpointOf(socket.peer);
    if (local === null || peer === null) return [];
    return [{ src: local.address, sport: local.port, dst: peer.address, dport: peer.port }];
  });
}
