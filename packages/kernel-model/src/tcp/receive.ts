import { rstFor } from './answer.ts';
import { type Reaction, react, type SocketHost, type SocketSegment } from './reaction.ts';
import { receiveListen } from './receive-listen.ts';
import { receiveMini } from './receive-mini.ts';
import { receiveSynRecv } from './receive-syn-recv.ts';
import { receiveSynSent } from './receive-syn-sent.ts';
import { receiveSynchronized } from './receive-synchronized.ts';
import type { TcpSocket } from './tcp-socket.ts';

/**
 * Says what a socket does with a segment: a pure function, nothing is sent and nothing remembered but
 * in the result.
 *
 * A socket of null, or CLOSED, is no socket: all but RSTs are answered with a RST.
 *
 * @example
 * receiveSegment(host, finWait2, syn).does // 'challenge-ack'
 */
export function receiveSegment(
  host: SocketHost,
  socket: TcpSocket | null,
  segment: SocketSegment,
): Reaction {
  if (socket === null || socket.state === 'CLOSED') return receiveClosed(host, segment);
  if (socket.mini) return receiveMini(host, socket, segment);
  switch (socket.state) {
    case 'LISTEN':
      return receiveListen(host, socket, segment);
    case 'SYN-SENT':
      return receiveSynSent(host, socket, segment);
    case 'SYN-RECV':
      return receiveSynRecv(host, socket, segment);
    default:
      return receiveSynchronized(host, socket, segment);
  }
}

function receiveClosed(host: SocketHost, segment: SocketSegment): Reaction {
  if (segment.flags.includes('R')) {
    return react(host, null, { does: 'ignores', why: 'No socket, and no RST answers a RST.' });
  }
  return react(host, null, {
    does: 'rst',
    why: 'No socket has these addresses and ports.',
    sends: [rstFor(segment)],
    counters: ['TcpOutRsts'],
  });
}
