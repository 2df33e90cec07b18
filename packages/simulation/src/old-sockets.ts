import type { CaptureOf, Snapshot } from '@tuplescope/incident';
import { type Endpoint, formatEndpoint, isLoopback } from '@tuplescope/net';
import { ofKind } from './captures.ts';
import { endpointOf, isSameFamily, readEnd } from './endpoints.ts';
import type { StalePort } from './stale-port.ts';

/** An old socket as one listing shows it. */
export type OldSocket = Omit<StalePort, 'sightings' | 'isColliding'>;

/** Clients by the text of their endpoint. */
export type Clients = ReadonlySet<string>;

/** Finds the clients that a snapshot shows connecting. */
export function connectingClients(snapshot: Snapshot): Clients {
  const clients = new Set<string>();
  for (const { content } of ofKind(snapshot.captures, 'ss')) {
    const { table } = content;
    for (let row = 0; row < table.length; row++) {
      if (table.stateAt(row) !== 'SYN-SENT') continue;
      const port = table.portAt(row, 'local');
      const end = port === null ? null : readEnd(table.addressAt(row, 'local'), port);
      if (end !== null) clients.add(formatEndpoint(end));
    }
  }
  return clients;
}

/**
 * Finds the old sockets that a snapshot shows on some local ports: in FIN-WAIT-2 and held by a process,
 * or in any state where their client is connecting again. Rows that can be neither never become records.
 */
export function oldSockets(
  snapshot: Snapshot,
  ports: ReadonlySet<number>,
  connecting: Clients,
): OldSocket[] {
  const askingPorts = new Set(
    [...connecting].map((text) => Number(text.slice(text.lastIndexOf(':') + 1))),
  );
  return ofKind(snapshot.captures, 'ss').flatMap((capture) => {
    const { table } = capture.content;
    const named = new Set<number>();
    const rows: number[] = [];
    for (let row = 0; row < table.length; row++) {
      const port = table.portAt(row, 'local');
      if (port === null || !ports.has(port)) continue;
      const state = table.stateAt(row);
      if (state === 'LISTEN') {
        if (table.at(row).process.length > 0) named.add(port);
      } else if (state === 'FIN-WAIT-2' || askingPorts.has(table.portAt(row, 'peer') ?? -1)) {
        rows.push(row);
      }
    }
    return rows.flatMap((row) => oldSocket(capture, row, named, connecting) ?? []);
  });
}

function oldSocket(
  { content: { table } }: CaptureOf<'ss'>,
  row: number,
  named: ReadonlySet<number>,
  connecting: Clients,
): OldSocket | null {
  const { state, local, peer, process, uid, timer, inode } = table.at(row);
  const [own, client] = [endpointOf(local), endpointOf(peer)];
  if (state === null || own === null || client === null) return null;
  if (isLoopback(client.address) || !isSameFamily(own, client)) return null;
  // What its process has closed goes by itself, within tcp_fin_timeout.
  const isOrphan = timer?.name === 'timewait' || inode === 0;
  const isHeld = !isOrphan && (process.length > 0 || !named.has(own.port));
  const isStale = state === 'FIN-WAIT-2' && isHeld;
  if (!isStale && !connecting.has(formatEndpoint(client))) return null;
  const [holder] = process;
  return {
    client,
    local: own,
    state,
    process: holder === undefined ? null : { name: holder.name, pid: holder.pid },
    uid,
  };
}

/** The key of a connection's two ends. */
export function keyOfEnds({ client, local }: { client: Endpoint; local: Endpoint }): string {
  return `${formatEndpoint(client)} ${formatEndpoint(local)}`;
}
