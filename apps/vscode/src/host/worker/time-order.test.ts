import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chunksOf, memorySource } from './byte-source.ts';
import { manyPackets } from './testing/many-packets.ts';
import { timeOrder } from './time-order.ts';

it('orders packets by time, and those of one time as they are in the file', async () => {
  const time = fc.integer({ min: 0, max: 3 }).map((some) => 1_700_000_000_999_998 + some);
  await fc.assert(
    fc.asyncProperty(fc.array(time, { maxLength: 40 }), async (times) => {
      const bytes = manyPackets(times.length, (i) => times[i] as number);
      const order = [...(await timeOrder(chunksOf(memorySource(bytes)), times.length))];
      const expected = times
        .map((at, i) => ({ at, n: i + 1 }))
        .sort((a, b) => a.at - b.at || a.n - b.n);
      expect(order).toEqual(expected.map(({ n }) => n));
    }),
  );
});
