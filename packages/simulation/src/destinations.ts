import type { Incident, SsSocket } from '@tuplescope/incident';
import type { Endpoint, Tuple } from '@tuplescope/net';
import type { ConnectFacts } from './connect-facts.ts';
import { endpointOf } from './endpoints.ts';
import { clientSockets, entriesWithReply, type PortEntry } from './port-records.ts';
import type { StalePort } from './stale-port.ts';

/** Where the two connections of a port go, as far as the incident tells. */
export interface Destinations {
  /** The connect's. */
  readonly connect: Endpoint | null;
  /** The old connection's. */
  readonly old: Endpoint | null;
}

/** States of an entry in which it may be a new connection's. */
const NEW_CONNECTION = /^(?:SYN_|CLOSE$)/;

/** States in which a client's socket is of the connection that its proxy has half-closed. */
const OLD_SOCKET = new Set(['CLOSE-WAIT', 'LAST-ACK', 'CLOSING']);

/** Finds where a port's connections go: in packets, then in sockets, then in conntrack entries. */
export function findDestinations(
  incident: Incident,
  stale: StalePort,
  facts: ConnectFacts,
): Destinations {
  const sockets = clientSockets(incident.captures, stale.client);
  const entries = entriesWithReply(incident, stale);
  const isOld = ({ entry }: PortEntry): boolean =>
    entry.state !== null && !NEW_CONNECTION.test(entry.state);
  // The old connection was new once: only what follows its last record is another's.
  const later = entries.slice(entries.findLastIndex(isOld) + 1);
  return {
    connect:
      facts.to ??
      peerOf(sockets.findLast(({ state }) => state === 'SYN-SENT')) ??
      targetOf(later.at(-1)?.original),
    old:
      facts.oldTo ??
      targetOf(entries.find(isOld)?.original) ??
      peerOf(sockets.find(({ state }) => OLD_SOCKET.has(state ?? ''))),
  };
}

function peerOf(socket: SsSocket | undefined): Endpoint | null {
  return socket === undefined ? null : endpointOf(socket.peer);
}

function targetOf(tuple: Tuple | undefined): Endpoint | null {
  return tuple === undefined ? null : { address: tuple.dst, port: tuple.dport };
}
