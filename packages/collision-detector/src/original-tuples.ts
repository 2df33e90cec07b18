import { capturesOf, type Incident } from '@tuplescope/incident';
import { type Tuple, tupleKey } from '@tuplescope/net';
import { entriesWithReplies, fullTuple } from './entries.ts';
import { endpointOf } from './placed-socket.ts';
import type { StaleSocket } from './stale-sockets.ts';

/** States of the client's own socket in which it still belongs to the old connection. */
const OLD_CONNECTION = new Set(['CLOSE-WAIT', 'LAST-ACK', 'CLOSING']);

/**
 * Finds the tuples of the connections that stale sockets belong to, as the client sees them, before
 * NAT: from an entry that an earlier listing or an event still has, or from the client's own socket.
 * They are found by the reply tuple's key.
 */
export function originalTuples(
  incident: Incident,
  staleSockets: readonly StaleSocket[],
): ReadonlyMap<string, Tuple> {
  const wanted = new Set(staleSockets.map(({ reply }) => tupleKey(reply)));
  const replies = staleSockets.map(({ reply }) => reply);
  const found = new Map<string, Tuple>();
  for (const capture of capturesOf(incident.captures, 'conntrack')) {
    for (const entry of entriesWithReplies(capture, replies)) {
      // An entry in these states may be that of a new connection with the same replies.
      if (entry.state === null || /^(?:SYN_|CLOSE$)/.test(entry.state)) continue;
      const reply = fullTuple(entry.reply);
      const tuple = fullTuple(entry.orig);
      if (reply === null || tuple === null) continue;
      const key = tupleKey(reply);
      if (wanted.has(key) && !found.has(key)) found.set(key, tuple);
    }
  }
  for (const stale of staleSockets) {
    const key = tupleKey(stale.reply);
    const tuple = found.get(key) ?? tupleOfClientSocket(stale);
    if (tuple !== null) found.set(key, tuple);
  }
  return found;
}

function tupleOfClientSocket({ clientSockets }: StaleSocket): Tuple | null {
  const own = clientSockets.find(({ socket }) => OLD_CONNECTION.has(socket.state ?? ''))?.socket;
  const local = own === undefined ? null : endpointOf(own.local);
  const peer = own === undefined ? null : endpointOf(own.peer);
  if (local === null || peer === null) return null;
  return { src: local.address, sport: local.port, dst: peer.address, dport: peer.port };
}
