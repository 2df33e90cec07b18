import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteReader, concatBytes } from './byte-reader.ts';
import { pieces } from './testing/fixtures.ts';

const BYTES = Uint8Array.from({ length: 100 }, (_, i) => i);

it('takes bytes in any portions, whatever the chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 120 }),
      fc.array(fc.tuple(fc.constantFrom('take', 'peek', 'skip'), fc.nat({ max: 60 }))),
      async (size, steps) => {
        const reader = new ByteReader(pieces(BYTES, size));
        let at = 0;
        for (const [step, count] of steps) {
          expect(reader.offset).toBe(at);
          const expected = BYTES.subarray(at, at + count);
          if (step === 'take') expect(await reader.take(count)).toEqual(expected);
          else if (step === 'peek') expect(await reader.peek(count)).toEqual(expected);
          else expect(await reader.skip(count)).toBe(expected.length);
          if (step !== 'peek') at += expected.length;
        }
        const rest: Uint8Array[] = [];
        for await (const chunk of reader.rest()) rest.push(chunk);
        expect(concatBytes(rest)).toEqual(BYTES.subarray(at));
      },
    ),
  );
});

it('gives a view where one chunk has all, and takes no memory for a count alone', async () => {
  const reader = new ByteReader(pieces(BYTES, 100));
  expect((await reader.take(10)).buffer).toBe(BYTES.buffer);
  expect(await reader.take(2 ** 50)).toEqual(BYTES.subarray(10));
});
