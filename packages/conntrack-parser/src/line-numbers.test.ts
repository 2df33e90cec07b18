import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineNumbers } from './line-numbers.ts';

describe('LineNumbers', () => {
  it('remembers the line of each row, however lines were passed over', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3 })), (steps) => {
        const lines = new LineNumbers();
        const expected: number[] = [];
        let line = 0;
        for (const step of steps) {
          line += step;
          lines.set(expected.length, line);
          expected.push(line);
        }
        expect(expected.map((_, row) => lines.get(row))).toEqual(expected);
      }),
    );
  });
});
