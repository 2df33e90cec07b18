import { HAS_TIME, streamPcapColumns } from '@tuplescope/pcap-reader';

/**
 * Gives the numbers of the first packets of a file in the order of their times; those of one time stay
 * as they are in the file, and one without a time stays behind the packet before it.
 */
export async function timeOrder(
  chunks: AsyncIterable<Uint8Array>,
  packets: number,
): Promise<Uint32Array> {
  const times = new Float64Array(packets).fill(Number.NaN);
  let first: number | null = null;
  for await (const columns of streamPcapColumns(chunks, { all: true })) {
    const { length, n, bits, seconds, nanoseconds } = columns;
    for (let row = 0; row < length; row++) {
      if (((bits[row] as number) & HAS_TIME) === 0) continue;
      first ??= seconds[row] as number;
      // Since the first, so that a nanosecond is not lost.
      const since = (seconds[row] as number) - first;
      times[(n[row] as number) - 1] = since * 1e9 + (nanoseconds[row] as number);
    }
  }
  for (let at = 0; at < packets; at++) {
    if (Number.isNaN(times[at])) times[at] = times[at - 1] ?? Number.NEGATIVE_INFINITY;
  }
  const order = new Uint32Array(packets);
  for (let at = 0; at < packets; at++) order[at] = at + 1;
  return order.sort((a, b) => (times[a - 1] as number) - (times[b - 1] as number) || a - b);
}
