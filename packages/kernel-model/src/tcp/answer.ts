import { addSerial, type TcpOptions } from '@tuplescope/net';
import type { SocketSegment } from './reaction.ts';
import type { TcpSocket } from './tcp-socket.ts';

/** The value of a socket's timestamp clock: milliseconds, 32 bits. */
export function timestampAt(socket: TcpSocket, at: number): number {
  return addSerial(socket.timestamps?.offset ?? 0, Math.floor(at * 1000));
}

function optionsAt(socket: TcpSocket, at: number): { options?: TcpOptions } {
  const { timestamps } = socket;
  return timestamps === null
    ? {}
    : { options: { ts: [timestampAt(socket, at), timestamps.recent] } };
}

function between(socket: TcpSocket): Pick<SocketSegment, 'src' | 'sport' | 'dst' | 'dport'> {
  return {
    src: socket.local.address,
    sport: socket.local.port,
    dst: socket.peer.address,
    dport: socket.peer.port,
  };
}

/** The ACK that a socket sends for what it has: its next number, what it expects, its window. */
export function ackOf(socket: TcpSocket, at: number): SocketSegment {
  const { local, peer } = socket;
  // Field by field: every segment is answered by one, and parts that are spread are copied slowly.
  const ack = {
    src: local.address,
    sport: local.port,
    dst: peer.address,
    dport: peer.port,
    flags: 'A',
    seq: socket.sndNxt,
    ack: socket.rcvNxt,
    // Rounded up, so that the peer never sees the window shrink.
    win: Math.min(65_535, Math.ceil(socket.rcvWindow / 2 ** socket.rcvScale)),
    len: 0,
    ipId: socket.nextIpId,
  };
  return socket.timestamps === null ? ack : Object.assign(ack, optionsAt(socket, at));
}

/** The SYN of a socket in SYN-SENT, or the SYN/ACK of one in SYN-RECV. */
export function synOf(socket: TcpSocket, at: number): SocketSegment {
  const answers = socket.state === 'SYN-RECV';
  const { mss, sackOK, rcvScale } = socket;
  return {
    ...between(socket),
    flags: answers ? 'SA' : 'S',
    seq: addSerial(socket.sndNxt, -1),
    ...(answers ? { ack: socket.rcvNxt } : {}),
    win: Math.min(65_535, socket.rcvWindow),
    len: 0,
    // Of a connection that is not there yet, IP counts no SYN/ACKs.
    ipId: answers ? 0 : socket.nextIpId,
    options: {
      mss,
      ...(sackOK ? { sackOK } : {}),
      ...optionsAt(socket, at).options,
      wscale: rcvScale,
    },
  };
}

/**
 * The RST that answers a segment which nobody wants (RFC 9293 section 3.10.7.1): with an ACK it takes
 * its sequence number from there and is bare; otherwise it acknowledges the segment from number 0.
 */
export function rstFor(segment: SocketSegment): SocketSegment {
  const { src, sport, dst, dport, flags, seq, len, ack } = segment;
  const back = { src: dst, sport: dport, dst: src, dport: sport, win: 0, len: 0, ipId: 0 };
  if (ack !== undefined) return { ...back, flags: 'R', seq: ack };
  const counted = (flags.includes('S') ? 1 : 0) + (flags.includes('F') ? 1 : 0);
  return { ...back, flags: 'RA', seq: 0, ack: addSerial(seq, len + counted) };
}

/** A socket that has sent one more IP packet of its own. */
export function sent(socket: TcpSocket): TcpSocket {
  return { ...socket, nextIpId: (socket.nextIpId + 1) & 0xffff };
}
