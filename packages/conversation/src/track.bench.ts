import { ConversationTracker } from './conversation-tracker.ts';
import type { SegmentColumns } from './segment-columns.ts';
import { stitch } from './stitch.ts';
import { generateColumns } from './testing/generate-columns.ts';

/** The last result, kept where all can see it: no engine may skip the work. */
export const kept: { result: unknown } = { result: null };

const RUNS = 7;

for (const [packets, connections] of [
  [1_000_000, 500],
  [1_000_000, 50_000],
] as const) {
  measureTracker(packets, connections);
}
measurePackets(200_000, 5_000);

/** How fast columns are put into conversations, beside a loop that reads the same columns. */
function measureTracker(packets: number, connections: number): void {
  const pages = generateColumns(packets, connections);
  let floor = Number.POSITIVE_INFINITY;
  let own = Number.POSITIVE_INFINITY;
  for (let run = 0; run <= RUNS; run++) {
    const read = time(() => readAll(pages));
    const tracked = time(() => track(pages));
    if (run === 0) continue;
    floor = Math.min(floor, read);
    own = Math.min(own, tracked);
  }
  const rate = (seconds: number): string => `${(packets / seconds / 1e6).toFixed(1)} M packets/s`;
  const { length } = track(pages);
  console.log(
    `columns to ${length} conversations, ${connections} at a time: ` +
      `${(floor / own).toFixed(2)} of the floor, ${rate(own)}; floor ${rate(floor)}`,
  );
}

/** How fast packets are made, with sightings put together and all that they answer. */
function measurePackets(packets: number, connections: number): void {
  const columns = generateColumns(packets, connections);
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run++) {
    const conversations = stitch([{ name: 'any', segments: { columns } }]);
    best = Math.min(
      best,
      time(() => {
        let answers = 0;
        for (let id = 0; id < conversations.length; id++) {
          for (const packet of conversations.packetsOf(id)) answers += packet.answers ?? 0;
        }
        return answers;
      }),
    );
  }
  console.log(`packets made: ${(packets / best / 1e6).toFixed(2)} M packets/s (target 1)`);
}

function track(pages: readonly SegmentColumns[]): ConversationTracker {
  const tracker = new ConversationTracker();
  const ids = new Uint32Array(8192);
  for (const page of pages) tracker.add(page, ids);
  return tracker;
}

function readAll(pages: readonly SegmentColumns[]): number {
  let sum = 0;
  for (const page of pages) sum = (sum + read(page)) | 0;
  return sum;
}

function read(page: SegmentColumns): number {
  const { length, seconds, nanoseconds, kind, family, bits } = page;
  const { src, dst, sport, dport, seq, ack, flags, payload } = page;
  let sum = 0;
  for (let row = 0; row < length; row++) {
    sum +=
      (seconds[row] as number) +
      (nanoseconds[row] as number) +
      (kind[row] as number) +
      (family[row] as number) +
      (bits[row] as number) +
      (src[row] as number) +
      (dst[row] as number) +
      (sport[row] as number) +
      (dport[row] as number) +
      (seq[row] as number) +
      (ack[row] as number) +
      (flags[row] as number) +
      (payload[row] as number);
  }
  return sum;
}

/** CPU seconds: others may be at work on this machine. */
function time(work: () => unknown): number {
  const begin = process.cpuUsage();
  kept.result = work();
  const { user, system } = process.cpuUsage(begin);
  kept.result = null;
  return (user + system) / 1e6;
}
