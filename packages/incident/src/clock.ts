import type { NetfilterLogRecord } from '@tuplescope/netfilter-log-parser';
import type { PacketSegment } from './packet-segments.ts';

const DAY = 86_400;

/** The log's own clock: the date where it has one, else the seconds since boot. */
export function timeOfRecord({ at, uptime }: NetfilterLogRecord): number | null {
  return at ?? uptime ?? null;
}

/** The capture's clock: the date where it has one, else the seconds since midnight. */
export function timeOfSegment({ at, timeOfDay }: PacketSegment): number | null {
  return at ?? timeOfDay ?? null;
}

/** Seconds from a LOG line to a packet; where the packet has no date, on the day that is nearest. */
export function shiftBetween(record: NetfilterLogRecord, segment: PacketSegment): number {
  const shift = (timeOfSegment(segment) ?? 0) - (timeOfRecord(record) ?? 0);
  if (segment.at !== null || record.at === null) return shift;
  const withinDay = shift % DAY;
  if (withinDay > DAY / 2) return withinDay - DAY;
  return withinDay < -DAY / 2 ? withinDay + DAY : withinDay;
}

/** The middle one of some numbers, of two the lower; one that is far off does not move it. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
