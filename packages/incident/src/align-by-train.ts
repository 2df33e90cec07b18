import type { NetfilterLogRecord } from '@tuplescope/netfilter-log-parser';
import type { Alignment, ClockPair } from './align-clocks.ts';
import { median, shiftBetween } from './clock.ts';
import type { PacketSegment } from './packet-segments.ts';

/** Two times are the same moment when they are this near after the shift: dmesg -T rounds to 1 s. */
const TOLERANCE_SECONDS = 1.2;

/** Fewer packets than this fit in too many places. */
const LEAST = 3;

/** So many of each train are compared at most: a longer one tells no more and takes its square. */
const MOST = 64;

/**
 * Lays each train of equal LOG lines over the equal packets of a capture: of all shifts the one that
 * joins the most lines to packets wins.
 */
export function alignByTrain({ log, records, packets, segments }: ClockPair): Alignment | null {
  const logged = trains(records.filter(({ ipId }) => !ipId));
  const seen = trains(segments, new Set(logged.keys()));
  let best: Alignment | null = null;
  for (const [key, lines] of logged) {
    const train = seen.get(key) ?? [];
    if (lines.length < LEAST || train.length < LEAST) continue;
    const shifts = bestShifts(lines, train);
    if (shifts.length < LEAST || shifts.length <= (best?.pairs ?? 0)) continue;
    const line = log.origin.line + (lines[0]?.source.line ?? 1) - 1;
    const [sport, dport, flags] = key.split(' ');
    const what = `${shifts.length} packets from port ${sport} to port ${dport} with flags ${flags}`;
    const shownBy =
      log.path === packets.path
        ? `${log.path} shows twice: as log lines from line ${line} on, and as packets`
        : `${log.path} from line ${line} on and ${packets.path} both show`;
    const from = `the intervals of ${what}, which ${shownBy}`;
    best = { offset: median(shifts), pairs: shifts.length, from };
  }
  return best;
}

interface Sent {
  readonly sport: number | null;
  readonly dport: number | null;
  readonly flags: string | null;
}

/** Sorts packets by their ports and flags, where the key is wanted. */
function trains<Packet extends Sent>(
  packets: readonly Packet[],
  wanted?: ReadonlySet<string>,
): Map<string, Packet[]> {
  const byKey = new Map<string, Packet[]>();
  for (const packet of packets) {
    const key = `${packet.sport} ${packet.dport} ${packet.flags}`;
    if (wanted !== undefined && !wanted.has(key)) continue;
    const train = byKey.get(key);
    if (train === undefined) byKey.set(key, [packet]);
    else if (train.length < MOST) train.push(packet);
  }
  return byKey;
}

/** Puts the first line on each packet in turn; gives the exact shifts of the best fit. */
function bestShifts(
  lines: readonly NetfilterLogRecord[],
  train: readonly PacketSegment[],
): readonly number[] {
  let best: readonly number[] = [];
  for (const packet of train) {
    const shift = shiftBetween(lines[0] as NetfilterLogRecord, packet);
    const shifts = lines.flatMap((line) => nearestShift(line, train, shift) ?? []);
    if (shifts.length > best.length) best = shifts;
  }
  return best;
}

/** The shift to the packet that is nearest after the shift, where that is near enough. */
function nearestShift(
  line: NetfilterLogRecord,
  train: readonly PacketSegment[],
  shift: number,
): number | null {
  let nearest = Number.POSITIVE_INFINITY;
  for (const packet of train) {
    const own = shiftBetween(line, packet);
    if (Math.abs(own - shift) < Math.abs(nearest - shift)) nearest = own;
  }
  return Math.abs(nearest - shift) <= TOLERANCE_SECONDS ? nearest : null;
}
