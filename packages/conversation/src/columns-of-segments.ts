import { ACK, parseIpv4, parseTcpFlags } from '@tuplescope/net';
import type { CapturedSegment } from './capture.ts';
import {
  HAS_TIME,
  IPV4,
  IS_RELATIVE,
  LACKS_ACK,
  LACKS_IP_ID,
  LACKS_SEQ,
  type SegmentColumns,
  TCP,
} from './segment-columns.ts';

/** What stands in `family` for addresses that are numbers of the page's own table. */
const NUMBERED = 6;
const DAY = 86_400;

/**
 * Puts records into columns. A time of day goes on past midnight, so that 00:00:01 after 23:59:59 is
 * the next day.
 */
export function columnsOfSegments(segments: Iterable<CapturedSegment>): SegmentColumns {
  const rows = [...segments];
  const { length } = rows;
  const texts: string[] = [];
  const numbers = new Map<string, number>();
  const interfaces: { name?: string }[] = [{}];
  const interfaceNumbers = new Map<string, number>();
  const columns = {
    length,
    n: Uint32Array.from(rows, (row) => row.n),
    seconds: new Float64Array(length),
    nanoseconds: new Uint32Array(length),
    kind: new Uint16Array(length).fill(TCP),
    family: new Uint8Array(length),
    src: new Uint32Array(length),
    dst: new Uint32Array(length),
    sport: Uint16Array.from(rows, (row) => row.sport),
    dport: Uint16Array.from(rows, (row) => row.dport),
    seq: Uint32Array.from(rows, (row) => numberOf(row, 'seq') ?? 0),
    ack: Uint32Array.from(rows, (row) => numberOf(row, 'ack') ?? 0),
    flags: Uint16Array.from(rows, (row) => parseTcpFlags(row.flags) ?? 0),
    payload: Uint32Array.from(rows, (row) => row.len),
    ipId: Uint16Array.from(rows, (row) => row.ipId ?? 0),
    interfaceNumber: new Uint16Array(length),
    bits: new Uint8Array(length),
    doubts: Uint8Array.from(rows, doubtsOf),
    interfaces,
    srcText: (row: number): string => rows[row]?.src ?? '',
    dstText: (row: number): string => rows[row]?.dst ?? '',
  };
  const clock = { days: 0, last: 0 };
  for (const [row, segment] of rows.entries()) {
    const seconds = secondsOf(segment, clock);
    if (seconds !== null) {
      columns.bits[row] = HAS_TIME;
      columns.seconds[row] = Math.floor(seconds);
      columns.nanoseconds[row] = Math.round((seconds - Math.floor(seconds)) * 1e9);
    }
    const src = parseIpv4(segment.src);
    const dst = parseIpv4(segment.dst);
    columns.family[row] = src !== null && dst !== null ? IPV4 : NUMBERED;
    columns.src[row] = columns.family[row] === IPV4 ? (src as number) : textNumber(segment.src);
    columns.dst[row] = columns.family[row] === IPV4 ? (dst as number) : textNumber(segment.dst);
    columns.interfaceNumber[row] = interfaceNumber(segment.interface);
  }
  return columns;

  function textNumber(text: string): number {
    const number = numbers.get(text) ?? texts.push(text) - 1;
    numbers.set(text, number);
    return number;
  }

  function interfaceNumber(name: string | undefined): number {
    if (name === undefined) return 0;
    const number = interfaceNumbers.get(name) ?? interfaces.push({ name }) - 1;
    interfaceNumbers.set(name, number);
    return number;
  }
}

/** Gives a number of a segment as on the wire, or undefined where the segment does not tell it. */
function numberOf(segment: CapturedSegment, name: 'seq' | 'ack'): number | undefined {
  return segment.absolute?.[name] ?? (segment.relative === true ? undefined : segment[name]);
}

function doubtsOf(segment: CapturedSegment): number {
  const hasAck = ((parseTcpFlags(segment.flags) ?? 0) & ACK) !== 0;
  const lacksSeq = numberOf(segment, 'seq') === undefined;
  const lacksAck = hasAck && numberOf(segment, 'ack') === undefined;
  const isRelative =
    (lacksSeq && segment.seq !== undefined) || (lacksAck && segment.ack !== undefined);
  return (
    (lacksSeq ? LACKS_SEQ : 0) |
    (lacksAck ? LACKS_ACK : 0) |
    (segment.ipId === undefined ? LACKS_IP_ID : 0) |
    (isRelative ? IS_RELATIVE : 0)
  );
}

function secondsOf(
  { at, timeOfDay }: CapturedSegment,
  clock: { days: number; last: number },
): number | null {
  if (at !== null) return at;
  if (timeOfDay === undefined) return null;
  if (clock.last - timeOfDay > DAY / 2) clock.days++;
  clock.last = timeOfDay;
  return timeOfDay + clock.days * DAY;
}
