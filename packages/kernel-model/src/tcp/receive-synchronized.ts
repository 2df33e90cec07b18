import { addSerial, isAfter, isBefore } from '@tuplescope/net';
import { ackOf, rstFor, sent } from './answer.ts';
import { challenge } from './answer-invalid.ts';
import { noteTimestamp } from './paws.ts';
import { type Reaction, react, type SocketHost, type SocketSegment } from './reaction.ts';
import type { SocketState, TcpSocket } from './tcp-socket.ts';
import { endOf, validateIncoming } from './validate-incoming.ts';

/**
 * ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, CLOSE-WAIT, CLOSING and LAST-ACK (RFC 9293 section 3.10.7.4):
 * the checks of `validateIncoming`, then the acknowledgement, then data and FIN.
 */
export function receiveSynchronized(
  host: SocketHost,
  socket: TcpSocket,
  segment: SocketSegment,
): Reaction {
  const checked = validateIncoming(host, socket, segment);
  if (checked !== null) return checked;
  const { ack } = segment;
  if (ack === undefined) {
    return react(host, socket, { does: 'ignores', why: 'Without ACK nothing is processed.' });
  }
  const rejected = rejectAck(host, socket, ack);
  if (rejected !== null) return rejected;
  const noted = noteTimestamp(socket, segment, host.at);
  const state = afterAck(noted, ack);
  if (state === 'CLOSED') {
    return react(host, null, { does: 'accepts', why: 'The FIN is acknowledged: closed.' });
  }
  const sndUna = isAfter(ack, noted.sndUna) ? ack : noted.sndUna;
  const acknowledged: TcpSocket = { ...noted, state, sndUna, mini: state === 'TIME-WAIT' };
  return takeData(host, acknowledged, segment);
}

/** RFC 5961 section 5.2: an ACK of what was never sent, or of what is long gone, gets a challenge. */
function rejectAck(host: SocketHost, socket: TcpSocket, ack: number): Reaction | null {
  if (isAfter(ack, socket.sndNxt)) {
    const why = `Acknowledgement ${ack} lies beyond ${socket.sndNxt}, all that was sent.`;
    return socket.state === 'ESTABLISHED'
      ? react(host, socket, { does: 'ignores', why })
      : challenge(host, socket, why);
  }
  if (isBefore(ack, addSerial(socket.sndUna, -socket.maxWindow))) {
    const why = `Acknowledgement ${ack} is older than a window.`;
    return challenge(host, socket, why);
  }
  return null;
}

/** Where the acknowledgement of the FIN leads. */
function afterAck({ state, sndNxt }: TcpSocket, ack: number): SocketState {
  if (ack !== sndNxt) return state;
  if (state === 'FIN-WAIT-1') return 'FIN-WAIT-2';
  if (state === 'CLOSING') return 'TIME-WAIT';
  return state === 'LAST-ACK' ? 'CLOSED' : state;
}

const RECEIVING: readonly SocketState[] = ['ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2'];

function takeData(host: SocketHost, socket: TcpSocket, segment: SocketSegment): Reaction {
  const { flags, len, seq } = segment;
  const isFin = flags.includes('F');
  if (len === 0 && !isFin) {
    return react(host, socket, { does: 'accepts', why: 'The ACK is in order.' });
  }
  if (!RECEIVING.includes(socket.state)) {
    return react(host, socket, { does: 'ignores', why: 'The peer had said that it was done.' });
  }
  if (socket.orphan && len > 0 && isAfter(addSerial(seq, len), socket.rcvNxt)) {
    return react(host, null, {
      does: 'rst',
      why: 'The process has closed the socket: nobody reads the data.',
      sends: [rstFor(segment)],
      counters: ['TcpExtTCPAbortOnData', 'TcpOutRsts'],
    });
  }
  const end = endOf(segment);
  const isNew = isAfter(end, socket.rcvNxt);
  if (!isNew || isAfter(seq, socket.rcvNxt)) {
    const why = isNew ? 'Something before it is missing.' : 'All of it came before.';
    return react(host, sent(socket), { does: 'ack', why, sends: [ackOf(socket, host.at)] });
  }
  const state = isFin ? afterFin(socket.state) : socket.state;
  const taken: TcpSocket = { ...socket, state, rcvNxt: end, mini: state === 'TIME-WAIT' };
  return react(host, sent(taken), {
    does: len > 0 ? 'delivers' : 'ack',
    why: isFin ? `The peer is done: ${state}.` : 'Data in order.',
    sends: [ackOf(taken, host.at)],
  });
}

function afterFin(state: SocketState): SocketState {
  if (state === 'ESTABLISHED') return 'CLOSE-WAIT';
  return state === 'FIN-WAIT-1' ? 'CLOSING' : 'TIME-WAIT';
}
