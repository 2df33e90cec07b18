import { formatTuple, type TcpSegment } from '@tuplescope/net';
import { timeOfDay } from './time-of-day.ts';

/**
 * Writes a segment of a packet capture as a line, for want of a line in its file: time (UTC), ends,
 * flags, and the numbers that it carries.
 *
 * @example
 * packetLine(segment)
 * // '23:26:25.461086 172.29.73.7:44410 → 127.0.0.1:15001 flags S seq 66001914 win 62720 length 0'
 */
export function packetLine(segment: TcpSegment): string {
  const { at, flags, seq, ack, win, len } = segment;
  const numbers = [
    `flags ${flags}`,
    ...(seq === undefined ? [] : [`seq ${seq}`]),
    ...(ack === undefined ? [] : [`ack ${ack}`]),
    ...(win === undefined ? [] : [`win ${win}`]),
    `length ${len}`,
  ];
  const time = at === null ? [] : [timeOfDay(at)];
  return [...time, formatTuple(segment), ...numbers].join(' ');
}
