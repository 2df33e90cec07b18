import { serialDistance } from '@tuplescope/net';
import type { SocketSegment } from './reaction.ts';
import type { TcpSocket } from './tcp-socket.ts';

/** A value older than this may be from before the clock went round (RFC 7323 section 5.5). */
const LONGEST_IDLE = 24 * 86_400;

/**
 * Says whether a segment is older than what the socket has seen: PAWS, RFC 7323 section 5.3. One tick
 * back is forgiven; a socket that knows no value, or only one older than 24 days, lets all pass.
 */
export function isOldDuplicate(
  { timestamps }: TcpSocket,
  { options }: SocketSegment,
  at: number,
): boolean {
  if (timestamps === null || timestamps.recent === 0 || options?.ts === undefined) return false;
  if (serialDistance(timestamps.recent, options.ts[0]) <= 1) return false;
  return at - timestamps.recentAt < LONGEST_IDLE;
}

/** Remembers the timestamp of a segment that begins no later than what is expected. */
export function noteTimestamp(socket: TcpSocket, segment: SocketSegment, at: number): TcpSocket {
  const { timestamps } = socket;
  const value = segment.options?.ts?.[0];
  if (timestamps === null || value === undefined) return socket;
  if (serialDistance(segment.seq, socket.rcvNxt) > 0) return socket;
  if (timestamps.recent !== 0 && serialDistance(value, timestamps.recent) < 0) return socket;
  return { ...socket, timestamps: { ...timestamps, recent: value, recentAt: at } };
}
