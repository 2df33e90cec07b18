import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineageIndex } from './lineage-index.ts';

it('gives the group of each packet, and the packets of each group', () => {
  const index = lineageIndex(Uint32Array.of(2, 0, 1, 2), 2);
  expect([1, 2, 3, 4, 5].map(index.of)).toEqual([1, null, 0, 1, null]);
  expect([...index.numbersOf([1])]).toEqual([1, 4]);
  expect([...index.numbersOf([1, 0, 1, 7, -1])]).toEqual([1, 3, 4]);
  expect([...index.numbersOf([])]).toEqual([]);
  expect(index.sizeOf(0)).toBe(1);
});

it('has each packet of a group in that group, and no other', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 60 }), (groups) => {
      const index = lineageIndex(Uint32Array.from(groups), 9);
      for (let lineage = 0; lineage < 9; lineage++) {
        const expected = groups.flatMap((one, at) => (one === lineage + 1 ? [at + 1] : []));
        expect([...index.numbersOf([lineage])]).toEqual(expected);
        expect(index.sizeOf(lineage)).toBe(expected.length);
      }
    }),
  );
});
