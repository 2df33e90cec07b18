import { addSerial, isAfter, isBefore, serialDistance } from '@tuplescope/net';
import { ackOf, rstFor } from './answer.ts';
import { isLimited } from './answer-invalid.ts';
import { isOldDuplicate, noteTimestamp } from './paws.ts';
import { type Reaction, react, type SocketHost, type SocketSegment } from './reaction.ts';
import type { TcpSocket } from './tcp-socket.ts';
import { endOf } from './validate-incoming.ts';

/** How far a listener's number lies from the one before it, so that no old segment fits. */
const NEXT_ISN = 65_537;

/**
 * A time-wait mini socket: TIME-WAIT, or FIN-WAIT-2 whose process closed it. It challenges nobody; in
 * FIN-WAIT-2 a SYN in or above its window is refused with a RST, in TIME-WAIT it makes room.
 */
export function receiveMini(host: SocketHost, socket: TcpSocket, segment: SocketSegment): Reaction {
  return socket.state === 'FIN-WAIT-2'
    ? receiveFinWait2(host, socket, segment)
    : receiveTimeWait(host, socket, segment);
}

function receiveFinWait2(host: SocketHost, socket: TcpSocket, segment: SocketSegment): Reaction {
  const isOld = isOldDuplicate(socket, segment, host.at);
  const end = endOf(segment);
  if (isOld || !isInWindow(socket, segment)) {
    if (segment.flags.includes('R')) {
      return react(host, socket, { does: 'ignores', why: 'The RST lies outside of the window.' });
    }
    return answer(host, socket, isOld, 'TcpExtTCPACKSkippedFinWait2');
  }
  if (segment.flags.includes('R')) return kill(host);
  if (segment.flags.includes('S') && !isBefore(segment.seq, socket.rcvNxt)) {
    return refuse(host, segment, 'A SYN for an orphan in FIN-WAIT-2 is refused.');
  }
  const hasAck = segment.ack !== undefined;
  if (!hasAck || !isAfter(end, socket.rcvNxt) || end === segment.seq) {
    return react(host, socket, { does: 'ignores', why: 'Nothing new.' });
  }
  if (!segment.flags.includes('F') || end !== addSerial(socket.rcvNxt, 1)) {
    return refuse(host, segment, 'Data for an orphan: nobody reads it.');
  }
  const noted = noteTimestamp(socket, segment, host.at);
  const waiting: TcpSocket = { ...noted, state: 'TIME-WAIT', rcvNxt: end };
  return react(host, waiting, {
    does: 'ack',
    why: 'The FIN came: TIME-WAIT.',
    sends: [ackOf(waiting, host.at)],
  });
}

function receiveTimeWait(host: SocketHost, socket: TcpSocket, segment: SocketSegment): Reaction {
  const { flags, seq } = segment;
  const isOld = isOldDuplicate(socket, segment, host.at);
  const isReset = flags.includes('R');
  if (!isOld && seq === socket.rcvNxt && (seq === endOf(segment) || isReset)) {
    if (isReset && host.sysctls.tcp_rfc1337 === 0) return kill(host);
    const why = isReset ? 'tcp_rfc1337 is 1: RSTs do not end TIME-WAIT.' : 'Nothing new.';
    return react(host, noteTimestamp(socket, segment, host.at), { does: 'ignores', why });
  }
  if (flags.includes('S') && !isReset && segment.ack === undefined && !isOld) {
    if (isAfter(seq, socket.rcvNxt) || hasNewerTimestamp(socket, segment)) {
      const isn = addSerial(socket.sndNxt, NEXT_ISN);
      return react(host, null, {
        does: 'accepts',
        why: 'The SYN is newer than the old connection, which makes room for it.',
        listenerIsn: isn === 0 ? 1 : isn,
      });
    }
  }
  if (isReset) return react(host, socket, { does: 'ignores', why: 'The RST is not exact.' });
  return answer(host, socket, isOld, 'TcpExtTCPACKSkippedTimeWait');
}

function hasNewerTimestamp({ timestamps }: TcpSocket, { options }: SocketSegment): boolean {
  if (timestamps === null || timestamps.recent === 0 || options?.ts === undefined) return false;
  return serialDistance(timestamps.recent, options.ts[0]) < 0;
}

function isInWindow({ rcvNxt, rcvWindow }: TcpSocket, segment: SocketSegment): boolean {
  const { seq } = segment;
  const end = endOf(segment);
  const over = addSerial(rcvNxt, rcvWindow);
  if (seq === rcvNxt) return true;
  if (isAfter(end, rcvNxt) && isBefore(seq, over)) return true;
  return seq === over && seq === end;
}

function answer(
  host: SocketHost,
  socket: TcpSocket,
  isOld: boolean,
  skipped: 'TcpExtTCPACKSkippedFinWait2' | 'TcpExtTCPACKSkippedTimeWait',
): Reaction {
  const why = isOld
    ? 'The timestamp is old (PAWS).'
    : 'The segment does not fit: an ACK says where.';
  const paws = isOld && socket.state === 'TIME-WAIT' ? (['TcpExtPAWSEstab'] as const) : [];
  if (isLimited(host, socket)) {
    return react(host, socket, { does: 'suppressed', why, counters: [...paws, skipped] });
  }
  return react(
    host,
    { ...socket, lastAnswer: host.at },
    {
      does: 'challenge-ack',
      why,
      sends: [{ ...ackOf(socket, host.at), ipId: 0 }],
      counters: paws,
    },
  );
}

function kill(host: SocketHost): Reaction {
  return react(host, null, { does: 'reset', why: 'A RST ends what is left of the connection.' });
}

function refuse(host: SocketHost, segment: SocketSegment, why: string): Reaction {
  return react(host, null, {
    does: 'rst',
    why,
    sends: [rstFor(segment)],
    counters: ['TcpOutRsts'],
  });
}
