import type { Incident } from '@tuplescope/incident';
import { formatEndpoint } from '@tuplescope/net';
import { challengedClients } from './challenged-clients.ts';
import { connectingClients, keyOfEnds, oldSockets } from './old-sockets.ts';
import type { StalePort } from './stale-port.ts';

/** What was found: a million rows are not gone through for each port again. */
const known = new WeakMap<Incident, readonly StalePort[]>();

/**
 * Finds the ports on which a connect meets an old socket of the proxy: those on which one did, then those
 * on which the next one would, each in the order of their numbers. Old sockets are those in FIN-WAIT-2
 * that a process holds; beside a socket that is connecting, in any state.
 *
 * @example
 * findStalePorts(incident).map(({ client }) => client.port) // [44410]
 */
export function findStalePorts(incident: Incident): readonly StalePort[] {
  const found = known.get(incident) ?? stalePortsOf(incident);
  known.set(incident, found);
  return found;
}

function stalePortsOf(incident: Incident): StalePort[] {
  const ports = outboundPorts(incident);
  const challenged = challengedClients(incident, ports);
  const found = new Map<string, StalePort>();
  for (const [index, snapshot] of incident.snapshots.entries()) {
    const connecting = connectingClients(snapshot);
    for (const old of oldSockets(snapshot, ports, connecting)) {
      const client = formatEndpoint(old.client);
      const key = keyOfEnds(old);
      const known = found.get(key);
      const sightings = known?.sightings ?? [];
      found.set(key, {
        ...old,
        process: old.process ?? known?.process ?? null,
        uid: old.uid ?? known?.uid ?? null,
        sightings: sightings.at(-1) === index ? sightings : [...sightings, index],
        isColliding:
          connecting.has(client) || challenged.has(client) || known?.isColliding === true,
      });
    }
  }
  const listed = new Set([...found.values()].map(({ client }) => formatEndpoint(client)));
  for (const [client, ends] of challenged) {
    if (!listed.has(client)) found.set(keyOfEnds(ends), { ...UNLISTED, ...ends });
  }
  return [...found.values()].sort(
    (a, b) => Number(b.isColliding) - Number(a.isColliding) || a.client.port - b.client.port,
  );
}

/** The ports to which a pod's own traffic is sent. */
export function outboundPorts({ interception }: Incident): ReadonlySet<number> {
  const outbound = interception.filter(({ direction }) => direction === 'outbound');
  return new Set(outbound.map(({ port }) => port));
}

/** What is known of an old socket that packets alone show. */
const UNLISTED: Omit<StalePort, 'client' | 'local'> = {
  state: 'FIN-WAIT-2',
  process: null,
  uid: null,
  sightings: [],
  isColliding: true,
};
