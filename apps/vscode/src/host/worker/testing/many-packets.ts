import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parsePcap } from '@tuplescope/pcap-reader';

/** A recorded capture of the incident. */
export const LO: Uint8Array = new Uint8Array(
  readFileSync(
    fileURLToPath(
      new URL(
        '../../../../../../packages/collision-detector/fixtures/captures/lo.pcap',
        import.meta.url,
      ),
    ),
  ),
);

/**
 * Makes a pcap of many packets, each a copy of the first of a recording with a time of its own.
 *
 * @param timeOf gives the time of the `i`th, in microseconds since the epoch.
 */
export function manyPackets(
  count: number,
  timeOf = (i: number): number => (1_700_000_000 + i) * 1e6,
): Uint8Array {
  const [first, second] = parsePcap(LO, { all: true });
  const start = first?.source.start ?? 0;
  const length = (second?.source.start ?? 0) - start;
  const file = new Uint8Array(start + count * length);
  const view = new DataView(file.buffer);
  file.set(LO.subarray(0, start));
  for (let i = 0; i < count; i++) {
    const at = start + i * length;
    file.set(LO.subarray(start, start + length), at);
    view.setUint32(at, Math.floor(timeOf(i) / 1e6), true);
    view.setUint32(at + 4, timeOf(i) % 1e6, true);
  }
  return file;
}
