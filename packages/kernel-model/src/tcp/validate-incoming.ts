import { addSerial, isAfter, isBefore } from '@tuplescope/net';
import { challenge, duplicateAck } from './answer-invalid.ts';
import { isOldDuplicate } from './paws.ts';
import { type Reaction, react, type SocketHost, type SocketSegment } from './reaction.ts';
import type { TcpSocket } from './tcp-socket.ts';

/** One past the last number of a segment. */
export function endOf({ seq, len, flags }: SocketSegment): number {
  const counted = (flags.includes('S') ? 1 : 0) + (flags.includes('F') ? 1 : 0);
  return addSerial(seq, len + counted);
}

/**
 * The checks that each segment of a synchronized connection passes first (tcp_validate_incoming): PAWS,
 * sequence number, RST, SYN, in this order.
 *
 * @returns what becomes of a segment that fails or ends here, or null for one to be processed.
 */
export function validateIncoming(
  host: SocketHost,
  socket: TcpSocket,
  segment: SocketSegment,
): Reaction | null {
  const isSyn = segment.flags.includes('S');
  const isReset = segment.flags.includes('R');
  if (!isReset && isOldDuplicate(socket, segment, host.at)) {
    const why = 'The timestamp is older than the newest of the connection (PAWS).';
    // paws-challenges-syn: since then a SYN gets its challenge here too.
    if (isSyn && host.behaviour.pawsChallengesSyn) return challengeSyn(host, socket);
    const counters = ['TcpExtPAWSEstab'] as const;
    return duplicateAck(host, socket, segment, why, 'TcpExtTCPACKSkippedPAWS', counters);
  }
  if (!isAcceptable(socket, segment)) {
    if (isReset)
      return isResetBehindFin(socket, segment) ? reset(host, socket) : ignoreRst(host, socket);
    if (isSyn) return challengeSyn(host, socket);
    const why = `Numbers ${segment.seq} to ${endOf(segment)} lie outside of the window.`;
    return duplicateAck(host, socket, segment, why, 'TcpExtTCPACKSkippedSeq');
  }
  if (isReset) {
    if (segment.seq === socket.rcvNxt || isResetBehindFin(socket, segment)) {
      return reset(host, socket);
    }
    // RFC 5961 section 3.2
    const why = `The RST is in the window, but ${segment.seq} is not ${socket.rcvNxt}.`;
    return challenge(host, socket, why);
  }
  return isSyn ? challengeSyn(host, socket) : null;
}

/** RFC 5961 section 4.2: whatever its number, a SYN gets a challenge ACK. */
function challengeSyn(host: SocketHost, socket: TcpSocket): Reaction {
  const why = `A SYN for a connection in ${socket.state} gets a challenge ACK, whatever its number.`;
  return challenge(host, socket, why, ['TcpExtTCPSYNChallenge']);
}

function isAcceptable(socket: TcpSocket, segment: SocketSegment): boolean {
  const over = addSerial(socket.rcvNxt, socket.rcvWindow);
  return !isBefore(endOf(segment), socket.rcvNxt) && !isAfter(segment.seq, over);
}

/** The peer closed and lost its state: its RST may carry the number of its FIN. */
function isResetBehindFin({ state, rcvNxt }: TcpSocket, { seq }: SocketSegment): boolean {
  const closing = state === 'CLOSE-WAIT' || state === 'LAST-ACK' || state === 'CLOSING';
  return closing && seq === addSerial(rcvNxt, -1);
}

function reset(host: SocketHost, { state }: TcpSocket): Reaction {
  const counted = state === 'ESTABLISHED' || state === 'CLOSE-WAIT';
  return react(host, null, {
    does: 'reset',
    why: 'The RST has exactly the number that is expected next.',
    counters: counted ? ['TcpEstabResets'] : [],
    error: 'ECONNRESET',
  });
}

function ignoreRst(host: SocketHost, socket: TcpSocket): Reaction {
  return react(host, socket, { does: 'ignores', why: 'The RST lies outside of the window.' });
}
