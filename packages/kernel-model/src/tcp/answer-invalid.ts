import { ackOf, sent } from './answer.ts';
import { spendChallenge } from './challenge-budget.ts';
import type { Reaction, SocketHost, SocketSegment } from './reaction.ts';
import { react } from './reaction.ts';
import type { TcpCounter } from './tcp-counter.ts';
import type { TcpSocket } from './tcp-socket.ts';

/**
 * Whether a socket answered an invalid segment less than tcp_invalid_ratelimit ago, 0.5 s by default.
 * Duplicate ACKs and challenge ACKs share this limit.
 */
export function isLimited({ at, sysctls }: SocketHost, socket: TcpSocket): boolean {
  const { lastAnswer } = socket;
  return lastAnswer !== null && (at - lastAnswer) * 1000 < sysctls.tcp_invalid_ratelimit;
}

/**
 * Answers with a challenge ACK (RFC 5961 section 7), unless the socket's limit or the host's forbids
 * it. The ACK says where the old connection stands, and the socket stays as it is.
 */
export function challenge(
  host: SocketHost,
  socket: TcpSocket,
  why: string,
  counters: readonly TcpCounter[] = [],
): Reaction {
  if (isLimited(host, socket)) {
    return react(host, socket, {
      does: 'suppressed',
      why: `${why} The socket sent one less than ${host.sysctls.tcp_invalid_ratelimit} ms ago, so it sends none.`,
      counters: [...counters, 'TcpExtTCPACKSkippedChallenge'],
    });
  }
  const { budget, allowed } = spendChallenge(
    host.budget,
    host.sysctls.tcp_challenge_ack_limit,
    host.at,
  );
  const answered = { ...socket, lastAnswer: host.at };
  if (!allowed) {
    const share = host.behaviour.challengeLimit;
    return react(host, answered, {
      does: 'suppressed',
      why: `${why} The ${share} has used up its challenge ACKs of this second.`,
      counters,
      budget,
    });
  }
  return react(host, sent(answered), {
    does: 'challenge-ack',
    why,
    sends: [ackOf(socket, host.at)],
    counters: [...counters, 'TcpExtTCPChallengeACK'],
    budget,
  });
}

/**
 * Answers with a duplicate ACK, unless the socket answered an invalid segment just now. Segments with
 * data are never limited: they are no part of a loop of ACKs.
 */
export function duplicateAck(
  host: SocketHost,
  socket: TcpSocket,
  segment: SocketSegment,
  why: string,
  skipped: TcpCounter,
  counters: readonly TcpCounter[] = [],
): Reaction {
  const hasData = (segment.len > 0 || segment.flags.includes('F')) && !segment.flags.includes('S');
  if (!hasData && isLimited(host, socket)) {
    return react(host, socket, { does: 'suppressed', why, counters: [...counters, skipped] });
  }
  const answered = hasData ? socket : { ...socket, lastAnswer: host.at };
  return react(host, sent(answered), {
    does: 'challenge-ack',
    why,
    sends: [ackOf(socket, host.at)],
    counters,
  });
}
