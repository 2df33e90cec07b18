import { addSerial } from '@tuplescope/net';
import { ackOf, sent } from './answer.ts';
import type { SocketHost, SocketSegment } from './reaction.ts';
import type { SocketState, TcpSocket } from './tcp-socket.ts';

const AFTER_FIN: Readonly<Partial<Record<SocketState, SocketState>>> = {
  'SYN-RECV': 'FIN-WAIT-1',
  ESTABLISHED: 'FIN-WAIT-1',
  'CLOSE-WAIT': 'LAST-ACK',
};

/**
 * Ends a socket's sending: `shutdown(SHUT_WR)`, and with `orphan` the whole of `close()`.
 *
 * @returns the socket with its FIN sent; where there is nothing to end, as it was.
 */
export function closeSocket(
  { at }: Pick<SocketHost, 'at'>,
  socket: TcpSocket,
  orphan = false,
): { readonly socket: TcpSocket; readonly sends: readonly SocketSegment[] } {
  const state = AFTER_FIN[socket.state];
  if (state === undefined) return { socket: { ...socket, orphan }, sends: [] };
  const fin: SocketSegment = { ...ackOf(socket, at), flags: 'FA' };
  const closed = { ...socket, state, orphan, sndNxt: addSerial(socket.sndNxt, 1) };
  return { socket: sent(closed), sends: [fin] };
}
