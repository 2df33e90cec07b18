import { addSerial, isAfter, isBefore } from '@tuplescope/net';
import { rstFor, synOf } from './answer.ts';
import { duplicateAck, isLimited } from './answer-invalid.ts';
import { isOldDuplicate } from './paws.ts';
import { type Reaction, react, type SocketHost, type SocketSegment } from './reaction.ts';
import type { TcpSocket } from './tcp-socket.ts';

/** SYN-RECV (RFC 9293 section 3.10.7.4): a request that the ACK of its SYN/ACK completes. */
export function receiveSynRecv(
  host: SocketHost,
  socket: TcpSocket,
  segment: SocketSegment,
): Reaction {
  const { flags, seq, ack, len } = segment;
  const isOld = isOldDuplicate(socket, segment, host.at);
  if (flags.includes('S') && ack === undefined && seq === socket.rcvIsn && !isOld) {
    return repeatSynAck(host, socket);
  }
  if (ack !== undefined && ack !== socket.sndNxt) {
    if (flags.includes('R')) {
      return react(host, socket, { does: 'ignores', why: 'No RST answers a RST.' });
    }
    return react(host, socket, {
      does: 'rst',
      why: `Acknowledgement ${ack} is not ${socket.sndNxt}, one past the SYN/ACK.`,
      sends: [rstFor(segment)],
      counters: ['TcpOutRsts'],
    });
  }
  const end = addSerial(seq, len + (flags.includes('F') ? 1 : 0));
  const over = addSerial(socket.rcvNxt, socket.rcvWindow);
  if (isOld || isBefore(end, socket.rcvNxt) || isAfter(seq, over)) {
    const why = isOld ? 'The timestamp is old (PAWS).' : 'The segment lies outside of the window.';
    if (flags.includes('R')) return react(host, socket, { does: 'ignores', why });
    const counters = isOld ? (['TcpExtPAWSEstab'] as const) : [];
    return duplicateAck(host, socket, segment, why, 'TcpExtTCPACKSkippedSynRecv', counters);
  }
  if (flags.includes('R')) {
    return react(host, null, {
      does: 'reset',
      why: 'A RST in the window ends the request.',
      counters: ['TcpAttemptFails'],
      error: 'ECONNRESET',
    });
  }
  if (flags.includes('S')) {
    return react(host, null, {
      does: 'rst',
      why: 'Another SYN inside of the window ends the request.',
      sends: [rstFor(segment)],
      counters: ['TcpAttemptFails', 'TcpOutRsts'],
    });
  }
  if (ack === undefined) {
    return react(host, socket, { does: 'ignores', why: 'Without ACK nothing is completed.' });
  }
  return react(
    host,
    { ...socket, state: 'ESTABLISHED', sndUna: ack },
    {
      does: 'accepts',
      why: 'The SYN/ACK is acknowledged: the listener has a new connection.',
      counters: ['TcpPassiveOpens'],
    },
  );
}

function repeatSynAck(host: SocketHost, socket: TcpSocket): Reaction {
  const why = 'The SYN came again, so the SYN/ACK was lost.';
  if (isLimited(host, socket)) {
    const counters = ['TcpExtTCPACKSkippedSynRecv'] as const;
    return react(host, socket, { does: 'suppressed', why, counters });
  }
  return react(
    host,
    { ...socket, lastAnswer: host.at },
    {
      does: 'syn-ack',
      why,
      sends: [synOf(socket, host.at)],
      counters: ['TcpRetransSegs'],
    },
  );
}
