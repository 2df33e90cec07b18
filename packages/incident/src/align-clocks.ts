import type { NetfilterLogRecord } from '@tuplescope/netfilter-log-parser';
import type { TcpdumpSegment } from '@tuplescope/tcpdump-parser';
import { type Capture, type CaptureOf, capturesOf } from './capture.ts';

/** How far one file's clock is behind the packet captures' clock. */
export interface ClockOffset {
  /** The file whose clock it is. */
  readonly file: string;
  /** Line where the capture begins, for a transcript with several. */
  readonly line: number;
  /** Seconds to add to that file's times to get the packet captures' time. */
  readonly offsetSeconds: number;
  /** What shows it, in words. */
  readonly from: string;
}

const DAY = 86_400;

/** Two times are taken as the same moment when they are this near, after the shift. */
const TOLERANCE = 1.2;

/**
 * Finds how far the kernel log's clock is off the packet captures' clock. A LOG line and a packet
 * with the same ports, flags and IPv4 identification are one packet. Where the identification is 0,
 * as on a RST, the train of retransmissions is laid over the packets instead: 1, 2, 4, 8 … s apart,
 * it fits in one place only.
 *
 * @example
 * alignClocks(incident.captures)
 * // [{ file: 'dmesg.txt', line: 1, offsetSeconds: 36.3, from: '7 packets that both show, …' }]
 */
export function alignClocks(captures: readonly Capture[]): ClockOffset[] {
  const packets = capturesOf(captures, 'tcpdump');
  if (packets.length === 0) return [];
  const offsets: ClockOffset[] = [];
  for (const log of capturesOf(captures, 'log')) {
    let best: Alignment | null = null;
    for (const capture of packets) {
      const alignment = align(log, capture);
      if (alignment !== null && (best === null || alignment.pairs > best.pairs)) best = alignment;
    }
    if (best === null) continue;
    const offsetSeconds = Math.round(best.offset * 1000) / 1000;
    offsets.push({ file: log.path, line: log.origin.line, offsetSeconds, from: best.from });
  }
  return offsets;
}

interface Alignment {
  readonly offset: number;
  readonly pairs: number;
  readonly from: string;
}

function align(log: CaptureOf<'log'>, capture: CaptureOf<'tcpdump'>): Alignment | null {
  const records = [...log.content.table].filter(
    (r) => timeOfRecord(r) !== null && r.sport !== null,
  );
  const segments = [...capture.content.table].filter((s) => timeOfSegment(s) !== null);
  return (
    byIdentification(log, capture, records, segments) ?? byTrain(log, capture, records, segments)
  );
}

function byIdentification(
  log: Capture,
  capture: Capture,
  records: readonly NetfilterLogRecord[],
  segments: readonly TcpdumpSegment[],
): Alignment | null {
  const byKey = new Map<string, TcpdumpSegment[]>();
  for (const segment of segments) {
    if (!segment.ipId) continue;
    const key = `${segment.sport} ${segment.dport} ${segment.flags} ${segment.ipId}`;
    byKey.set(key, [...(byKey.get(key) ?? []), segment]);
  }
  const shifts: number[] = [];
  let example = '';
  for (const record of records) {
    if (!record.ipId) continue;
    const key = `${record.sport} ${record.dport} ${record.flags} ${record.ipId}`;
    const segment = byKey.get(key)?.[0];
    if (segment === undefined) continue;
    shifts.push(shiftBetween(record, segment));
    const line = log.origin.line + record.source.line - 1;
    example ||= `IP id ${record.ipId} in ${log.path}:${line} and ${capture.path} packet ${segment.n}`;
  }
  if (shifts.length === 0) return null;
  return { offset: median(shifts), pairs: shifts.length, from: example };
}

/** Lays the log's train of equal packets over the capture's: the shift that joins the most wins. */
function byTrain(
  log: Capture,
  capture: Capture,
  records: readonly NetfilterLogRecord[],
  segments: readonly TcpdumpSegment[],
): Alignment | null {
  let best: Alignment | null = null;
  for (const [key, train] of trains(records)) {
    const packets = segments.filter((s) => `${s.sport} ${s.dport} ${s.flags}` === key);
    if (train.length < 3 || packets.length < 3) continue;
    const first = train[0] as NetfilterLogRecord;
    for (const packet of packets.slice(0, MAX_STARTS)) {
      const shift = shiftBetween(first, packet);
      const shifts = joined(train, packets, shift);
      if (shifts.length < 3 || shifts.length <= (best?.pairs ?? 0)) continue;
      const line = log.origin.line + first.source.line - 1;
      const [src, dst, flags] = key.split(' ');
      const what = `${shifts.length} packets ${src} → ${dst} with flags ${flags}`;
      const from = `${what} that ${log.path}:${line} and ${capture.path} both show, by their intervals`;
      best = { offset: median(shifts), pairs: shifts.length, from };
    }
  }
  return best;
}

/** A train is tried at this many places of a capture at most, so that a long one takes no hours. */
const MAX_STARTS = 64;

function trains(records: readonly NetfilterLogRecord[]): Map<string, NetfilterLogRecord[]> {
  const byKey = new Map<string, NetfilterLogRecord[]>();
  for (const record of records) {
    if (record.ipId) continue;
    const key = `${record.sport} ${record.dport} ${record.flags}`;
    const train = byKey.get(key) ?? [];
    if (train.length < MAX_STARTS) train.push(record);
    byKey.set(key, train);
  }
  return byKey;
}

/** For each record the nearest packet after the shift, where one is near enough: its exact shift. */
function joined(
  train: readonly NetfilterLogRecord[],
  packets: readonly TcpdumpSegment[],
  shift: number,
): number[] {
  const shifts: number[] = [];
  for (const record of train) {
    let nearest = Number.POSITIVE_INFINITY;
    for (const packet of packets) {
      const own = shiftBetween(record, packet);
      if (Math.abs(own - shift) < Math.abs(nearest - shift)) nearest = own;
    }
    if (Math.abs(nearest - shift) <= TOLERANCE) shifts.push(nearest);
  }
  return shifts;
}

/** Seconds from a LOG line to a packet; where the packet has no date, on the day that is nearest. */
function shiftBetween(record: NetfilterLogRecord, segment: TcpdumpSegment): number {
  const logged = timeOfRecord(record) as number;
  const seen = timeOfSegment(segment) as number;
  if (segment.at !== null || record.at === null) return seen - logged;
  const shift = (seen - logged) % DAY;
  return shift > DAY / 2 ? shift - DAY : shift < -DAY / 2 ? shift + DAY : shift;
}

/** The log's own clock: the date where it has one, else the seconds since boot. */
function timeOfRecord(record: NetfilterLogRecord): number | null {
  return record.at ?? record.uptime ?? null;
}

function timeOfSegment(segment: TcpdumpSegment): number | null {
  return segment.at ?? segment.timeOfDay ?? null;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] as number;
}
