import type { Capture, ConntrackEntry, Incident, SsSocket } from '@tuplescope/incident';
import { type Endpoint, isSameEndpoint, type Tuple } from '@tuplescope/net';
import { conntrackListings, ofKind } from './captures.ts';
import { endpointOf, tupleOf } from './endpoints.ts';
import type { StalePort } from './stale-port.ts';

/** An entry whose two tuples are known. */
export interface PortEntry {
  readonly entry: ConntrackEntry;
  readonly original: Tuple;
  readonly reply: Tuple;
}

/** Gives the sockets whose own end is a client's. */
export function clientSockets(captures: readonly Capture[], client: Endpoint): SsSocket[] {
  return ofKind(captures, 'ss').flatMap(({ content: { table } }) => {
    const sockets: SsSocket[] = [];
    for (let row = 0; row < table.length; row++) {
      if (table.portAt(row, 'local') !== client.port) continue;
      const socket = table.at(row);
      const end = endpointOf(socket.local);
      if (end !== null && isSameEndpoint(end, client)) sockets.push(socket);
    }
    return sockets;
  });
}

/** Gives the TCP entries of listings that are a client port's, before NAT or after it. */
export function listedEntries(captures: readonly Capture[], client: Endpoint): PortEntry[] {
  return conntrackListings(captures).flatMap((capture) => entriesOf(capture.content.table, client));
}

/** Gives the entries of all listings and events that answer as the old connection did. */
export function entriesWithReply(
  { captures }: Incident,
  { client, local }: Pick<StalePort, 'client' | 'local'>,
): PortEntry[] {
  const tables = ofKind(captures, 'conntrack').map(({ content }) => content.table);
  return tables
    .flatMap((table) => entriesOf(table, client))
    .filter(({ reply }) => {
      const from = { address: reply.src, port: reply.sport };
      const to = { address: reply.dst, port: reply.dport };
      return isSameEndpoint(from, local) && isSameEndpoint(to, client);
    });
}

type ConntrackTable = ReturnType<typeof conntrackListings>[number]['content']['table'];

function entriesOf(table: ConntrackTable, client: Endpoint): PortEntry[] {
  const entries: PortEntry[] = [];
  for (const row of table.rowsWithPort(client.port)) {
    if (table.protoAt(row) !== 'tcp') continue;
    const entry = table.at(row);
    const [original, reply] = [tupleOf(entry.orig), tupleOf(entry.reply)];
    if (original === null || reply === null) continue;
    const source = { address: original.src, port: original.sport };
    const answered = { address: reply.dst, port: reply.dport };
    if (isSameEndpoint(source, client) || isSameEndpoint(answered, client)) {
      entries.push({ entry, original, reply });
    }
  }
  return entries;
}
