import { addSerial, isAfter, serialDistance } from '@tuplescope/net';
import { ackOf, rstFor, sent, synOf, timestampAt } from './answer.ts';
import { type Reaction, react, type SocketHost, type SocketSegment } from './reaction.ts';
import { EARLY_RESEND } from './syn-timer.ts';
import type { TcpSocket } from './tcp-socket.ts';

/**
 * SYN-SENT (RFC 9293 section 3.10.7.3). An ACK that does not acknowledge the SYN, as a challenge ACK of
 * an old connection, gets a RST with the sequence number that the ACK names; the connect goes on.
 */
export function receiveSynSent(
  host: SocketHost,
  socket: TcpSocket,
  segment: SocketSegment,
): Reaction {
  const { flags, ack } = segment;
  const isReset = flags.includes('R');
  if (ack !== undefined) {
    const why = refusal(socket, segment, ack, host.at);
    if (why !== null) return refuse(host, socket, segment, why);
    if (isReset) {
      return react(host, null, {
        does: 'reset',
        why: 'A RST that acknowledges the SYN refuses the connection.',
        counters: ['TcpAttemptFails'],
        error: 'ECONNREFUSED',
      });
    }
  }
  if (isReset) {
    return react(host, socket, {
      does: 'ignores',
      why: 'In SYN-SENT a RST counts only if it acknowledges the SYN.',
    });
  }
  if (!flags.includes('S')) {
    return react(host, socket, { does: 'ignores', why: 'SYN-SENT waits for a SYN.' });
  }
  const met = meet(socket, segment, host.at);
  if (ack === undefined) {
    const crossing: TcpSocket = { ...met, state: 'SYN-RECV' };
    return react(host, sent(crossing), {
      does: 'syn-ack',
      why: 'Both sides sent a SYN: a simultaneous open.',
      sends: [synOf(crossing, host.at)],
    });
  }
  const established: TcpSocket = {
    ...met,
    state: 'ESTABLISHED',
    sndUna: ack,
    retransmits: 0,
  };
  return react(host, sent(established), {
    does: 'ack',
    why: 'The SYN/ACK acknowledges the SYN: connected.',
    sends: [ackOf(established, host.at)],
  });
}

/** Says why an ACK is unacceptable, or null where it acknowledges the SYN. */
function refusal(
  socket: TcpSocket,
  segment: SocketSegment,
  ack: number,
  at: number,
): string | null {
  if (!isAfter(ack, socket.sndUna) || isAfter(ack, socket.sndNxt)) {
    return `Acknowledgement ${ack} is not ${socket.sndNxt}: it belongs to another connection.`;
  }
  const echo = segment.options?.ts?.[1] ?? 0;
  if (socket.timestamps !== null && echo !== 0) {
    const first = socket.timestamps.offset + Math.floor(socket.timestamps.recentAt * 1000);
    const late = serialDistance(echo, timestampAt(socket, at)) > 0;
    if (late || serialDistance(echo, first >>> 0) < 0) return `Echo ${echo} was never sent.`;
  }
  return null;
}

function refuse(
  host: SocketHost,
  socket: TcpSocket,
  segment: SocketSegment,
  why: string,
): Reaction {
  // early-syn-resend: the peer's RST may have been what made our SYN unwelcome, so ask again at once.
  const isEarly = host.behaviour.earlySynResend && socket.retransmits === 0;
  const resend = isEarly ? { resendAt: host.at + EARLY_RESEND } : {};
  if (segment.flags.includes('R')) {
    return react(host, socket, { does: 'ignores', why, ...resend });
  }
  return react(host, socket, {
    does: 'rst',
    why,
    sends: [rstFor(segment)],
    counters: ['TcpOutRsts'],
    ...resend,
  });
}

/** Takes over what the peer's SYN says; an option counts only where both sides have it. */
function meet(socket: TcpSocket, { seq, win, options }: SocketSegment, at: number): TcpSocket {
  const stamp = options?.ts;
  const { timestamps } = socket;
  return {
    ...socket,
    rcvIsn: seq,
    rcvNxt: addSerial(seq, 1),
    maxWindow: win,
    sackOK: socket.sackOK && options?.sackOK === true,
    rcvScale: options?.wscale === undefined ? 0 : socket.rcvScale,
    timestamps:
      timestamps === null || stamp === undefined
        ? null
        : { ...timestamps, recent: stamp[0], recentAt: at },
  };
}
