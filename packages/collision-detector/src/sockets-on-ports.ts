import { type CaptureOf, capturesOf, type Snapshot } from '@tuplescope/incident';
import { normalizeAddress, type Tuple } from '@tuplescope/net';
import { type PlacedSocket, placedSocket } from './placed-socket.ts';

/** What a snapshot's listings show of the sockets on some local ports. */
export interface SocketsOnPorts {
  /** Half-closed sockets that will stay: FIN-WAIT-2, held by a process. */
  readonly halfClosed: readonly PlacedSocket[];
  /** Some of the established connections, as what the proxy sends on them. */
  readonly established: readonly Tuple[];
}

/** So many established connections are enough to know a conntrack listing by. */
const ENOUGH = 32;

/** Finds the sockets of a snapshot on these local ports: their rows alone become records. */
export function socketsOnPorts(snapshot: Snapshot, ports: ReadonlySet<number>): SocketsOnPorts {
  const halfClosed: PlacedSocket[] = [];
  const established: Tuple[] = [];
  for (const capture of capturesOf(snapshot.captures, 'ss')) {
    const { table } = capture.content;
    const rows: number[] = [];
    const named = new Set<number>();
    for (let row = 0; row < table.length; row++) {
      const port = table.portAt(row, 'local');
      if (port === null || !ports.has(port)) continue;
      const state = table.stateAt(row);
      if (state === 'FIN-WAIT-2') rows.push(row);
      else if (state === 'LISTEN' && table.at(row).process.length > 0) named.add(port);
      else if (state === 'ESTAB' && established.length < ENOUGH) {
        established.push(replyTuple(capture, row));
      }
    }
    for (const row of rows) {
      const placed = placedSocket(capture, row);
      if (isHeld(placed, named)) halfClosed.push(placed);
    }
  }
  return { halfClosed, established };
}

/**
 * A FIN-WAIT-2 socket that its process has closed goes by itself within tcp_fin_timeout: it has the
 * timer `timewait`, or no inode, or no process where the listing names that of the port's listener.
 */
function isHeld({ socket }: PlacedSocket, named: ReadonlySet<number>): boolean {
  const { timer, inode, process, local } = socket;
  if (timer?.name === 'timewait' || inode === 0) return false;
  return process.length > 0 || local.port === null || !named.has(local.port);
}

function replyTuple({ content: { table } }: CaptureOf<'ss'>, row: number): Tuple {
  return {
    src: normalizeAddress(table.addressAt(row, 'local')),
    sport: table.portAt(row, 'local') ?? 0,
    dst: normalizeAddress(table.addressAt(row, 'peer')),
    dport: table.portAt(row, 'peer') ?? 0,
  };
}
