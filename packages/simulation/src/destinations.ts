import type { Incident, SsSocket } from '@tuplescope/incident';
import type { Endpoint } from '@tuplescope/net';
import type { ConnectFacts } from './connect-facts.ts';
import { endpointOf, isSameFamily, readEnd } from './endpoints.ts';
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
  const connecting = sockets.findLast(({ state }) => state === 'SYN-SENT');
  const closing = sockets.find(({ state }) => OLD_SOCKET.has(state ?? ''));
  return {
    connect: firstOf(stale, [facts.to, peerOf(connecting), targetOf(later.at(-1))]),
    old: firstOf(stale, [facts.oldTo, targetOf(entries.find(isOld)), peerOf(closing)]),
  };
}

/** The first end that a client of this family can connect to. */
function firstOf({ client }: StalePort, ends: readonly (Endpoint | null)[]): Endpoint | null {
  return ends.find((end) => end !== null && isSameFamily(end, client)) ?? null;
}

function peerOf(socket: SsSocket | undefined): Endpoint | null {
  return socket === undefined ? null : endpointOf(socket.peer);
}

function targetOf(entry: PortEntry | undefined): Endpoint | null {
  return entry === undefined ? null : readEnd(entry.original.dst, entry.original.dport);
}
