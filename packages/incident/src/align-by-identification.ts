import type { Alignment, ClockPair } from './align-clocks.ts';
import { median, shiftBetween } from './clock.ts';
import type { PacketSegment } from './packet-segments.ts';

/** What a LOG line and a packet have in common. */
interface Identified {
  readonly sport: number | null;
  readonly dport: number | null;
  readonly flags: string | null;
  readonly ipId?: number | null;
}

/** Joins LOG lines to packets by ports, flags and IPv4 identification, where that is not 0. */
export function alignByIdentification({
  log,
  records,
  packets,
  segments,
}: ClockPair): Alignment | null {
  const identified = records.filter(({ ipId }) => ipId);
  const wanted = new Set(identified.map(keyOf));
  const firstByKey = new Map<string, PacketSegment>();
  for (const segment of wanted.size === 0 ? [] : segments) {
    const key = keyOf(segment);
    if (wanted.has(key) && !firstByKey.has(key)) firstByKey.set(key, segment);
  }
  const shifts: number[] = [];
  let from = '';
  for (const record of identified) {
    const segment = firstByKey.get(keyOf(record));
    if (segment === undefined) continue;
    shifts.push(shiftBetween(record, segment));
    const line = log.origin.line + record.source.line - 1;
    from ||= `IP id ${record.ipId} in ${log.path}:${line} and ${packets.path} packet ${segment.n}`;
  }
  return shifts.length === 0 ? null : { offset: median(shifts), pairs: shifts.length, from };
}

function keyOf({ sport, dport, flags, ipId }: Identified): string {
  return `${sport} ${dport} ${flags} ${ipId}`;
}
