import { type Incident, placeOf } from '@tuplescope/incident';
import { type Endpoint, formatEndpoint, isSameAddress, tupleKey } from '@tuplescope/net';
import { entryListings, fullTuple } from '../entries.ts';
import type { Evidence } from '../finding.ts';
import type { IpvsConnection, IpvsListing, IpvsServer } from './ipvs-listings.ts';
import type { Stuck } from './stuck-port.ts';

/** So many connections are looked at one by one. */
const MOST = 10_000;

/** States in which a port only remembers where its last connection went. */
const OVER = new Set(['TIME_WAIT', 'FIN_WAIT', 'CLOSE', 'CLOSE_WAIT', 'LAST_ACK']);

/**
 * Finds connections that IPVS sends to a server which gets no new ones: its weight is 0, or it is not
 * listed for the service any more. Those that are connecting, and those that are over and whose port
 * will be sent there when it comes again.
 */
export function drainedConnections(
  incident: Incident,
  listings: readonly IpvsListing[],
): Extract<Stuck, { kind: 'drained' }>[] {
  const found = new Map<string, Extract<Stuck, { kind: 'drained' }>>();
  for (const { snapshot, servers, connections } of listings) {
    const drained = drainedOf(servers.length > 0 ? servers : latestServers(listings));
    for (const connection of connections.slice(0, MOST)) {
      const weight = drained(connection.service, connection.server);
      const isConnecting = connection.state === 'SYN_RECV' || connection.state === 'SYN_SENT';
      if (weight === false || (!isConnecting && !OVER.has(connection.state))) continue;
      const client = tupleOf(connection);
      const entry = isConnecting ? unansweredEntry(incident, snapshot, connection) : [];
      const evidence = [connectionSays(connection), ...weightSays(servers, connection), ...entry];
      const key = tupleKey(client);
      const server = connection.server;
      // Of several forms of one listing the first tells it.
      if (found.get(key)?.snapshot === snapshot) continue;
      found.set(key, { kind: 'drained', client, server, isConnecting, snapshot, weight, evidence });
    }
  }
  return [...found.values()];
}

/** Says of a server of a service: weight 0, not listed (null), or that it is well (false). */
function drainedOf(servers: readonly IpvsServer[]) {
  const weights = new Map(
    servers.map(({ service, server, weight }) => [
      `${formatEndpoint(service)} ${formatEndpoint(server)}`,
      weight,
    ]),
  );
  const services = new Set(servers.map(({ service }) => formatEndpoint(service)));
  return (service: Endpoint, server: Endpoint): 0 | null | false => {
    const weight = weights.get(`${formatEndpoint(service)} ${formatEndpoint(server)}`);
    if (weight !== undefined) return weight === 0 ? 0 : false;
    return services.has(formatEndpoint(service)) ? null : false;
  };
}

function latestServers(listings: readonly IpvsListing[]): readonly IpvsServer[] {
  return listings.findLast(({ servers }) => servers.length > 0)?.servers ?? [];
}

function tupleOf({ client, service }: IpvsConnection): Stuck['client'] {
  return { src: client.address, sport: client.port, dst: service.address, dport: service.port };
}

function connectionSays({ client, server, state, place }: IpvsConnection): Evidence {
  const says = `IPVS remembers that ${formatEndpoint(client)} goes to ${formatEndpoint(server)}: ${state}.`;
  return { ...place, packet: null, says };
}

function weightSays(
  servers: readonly IpvsServer[],
  { service, server }: IpvsConnection,
): Evidence[] {
  const listed = servers.find(
    (candidate) =>
      formatEndpoint(candidate.service) === formatEndpoint(service) &&
      formatEndpoint(candidate.server) === formatEndpoint(server),
  );
  if (listed === undefined) return [];
  const says = `${formatEndpoint(server)} has weight 0: it gets no new connections.`;
  return [{ ...listed.place, packet: null, says }];
}

/** conntrack's entry of the same connection, where it shows a SYN without an answer. */
function unansweredEntry(
  incident: Incident,
  snapshot: number | null,
  { client, service, server }: IpvsConnection,
): Evidence[] {
  const captures = incident.snapshots[snapshot ?? -1]?.captures ?? [];
  for (const capture of entryListings(captures)) {
    const { table } = capture.content;
    for (const row of table.rowsWithPort(client.port)) {
      if (table.stateAt(row) !== 'SYN_SENT' || !table.unrepliedAt(row)) continue;
      const entry = table.at(row);
      const orig = fullTuple(entry.orig);
      const isIt =
        orig !== null &&
        orig.sport === client.port &&
        orig.dport === service.port &&
        isSameAddress(orig.src, client.address) &&
        isSameAddress(entry.reply.src, server.address);
      if (!isIt) continue;
      const says = `conntrack waits for an answer of ${formatEndpoint(server)}: SYN_SENT.`;
      return [{ ...placeOf(capture, entry.source), packet: null, says }];
    }
  }
  return [];
}
