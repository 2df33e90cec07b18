import fc from 'fast-check';
import { expect, it } from 'vitest';
import { scrollScale } from './scroll-scale.ts';

it('scrolls a short list pixel by pixel', () => {
  const { height, rowAt } = scrollScale(1000, 20, 400);
  expect(height).toBe(20_000);
  expect(rowAt(0)).toBe(0);
  expect(rowAt(200)).toBe(10);
  expect(rowAt(19_600)).toBe(980);
});

it('does not scroll what is in sight', () => {
  const { rowAt, topOf } = scrollScale(5, 20, 400);
  expect(rowAt(300)).toBe(0);
  expect(topOf(3)).toBe(0);
});

it('reaches every row of any number of them, and comes back to the same', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, part) => {
        const scale = scrollScale(rows, 22, 600);
        const lastFirst = Math.max(0, rows - 27);
        const row = Math.round(part * lastFirst);
        expect(scale.height).toBeLessThanOrEqual(8_000_000);
        expect(scale.rowAt(scale.topOf(row))).toBe(row);
        expect(scale.rowAt(scale.height)).toBe(lastFirst);
      },
    ),
  );
});
