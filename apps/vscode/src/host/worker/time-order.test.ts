import fc from 'fast-check';
import { expect, it } from 'vitest';
import { memorySource } from './byte-source.ts';
import { createPause } from './pause.ts';
import { timeOrder } from './time-order.ts';

const HEADER = 24;
const RECORD = 16;
const PACKET = 20;

/** A pcap with a packet of a protocol of its own at each of some times, in microseconds. */
function captureAt(times: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(HEADER + times.length * (RECORD + PACKET));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xa1b2c3d4, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, 65_535, true);
  view.setUint32(20, 1, true);
  for (const [i, time] of times.entries()) {
    const at = HEADER + i * (RECORD + PACKET);
    view.setUint32(at, Math.floor(time / 1e6), true);
    view.setUint32(at + 4, time % 1e6, true);
    view.setUint32(at + 8, PACKET, true);
    view.setUint32(at + 12, PACKET, true);
  }
  return bytes;
}

it('orders packets by time, and those of one time as they are in the file', async () => {
  const time = fc.integer({ min: 0, max: 3 }).map((some) => 1_700_000_000_999_998 + some);
  await fc.assert(
    fc.asyncProperty(fc.array(time, { maxLength: 40 }), async (times) => {
      const source = memorySource(captureAt(times));
      const order = [...(await timeOrder(source, times.length, createPause()))];
      const expected = times
        .map((at, i) => ({ at, n: i + 1 }))
        .sort((a, b) => a.at - b.at || a.n - b.n);
      expect(order).toEqual(expected.map(({ n }) => n));
    }),
  );
});
