import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SparseColumn } from './sparse-column.ts';

describe('SparseColumn', () => {
  it('remembers what a Map does, and null for the rest', () => {
    const wholeOfAnyWidth = fc.nat({ max: 53 }).map((bits) => 2 ** bits - 1);
    const value = fc.oneof(fc.nat({ max: 300 }), wholeOfAnyWidth, fc.double({ noNaN: true }));
    const cell = fc.tuple(fc.nat({ max: 500 }), value);
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 60 }), (cells) => {
        const column = new SparseColumn();
        for (const [row, value] of cells) column.set(row, value);
        column.trim(501);
        const expected = new Map(cells);
        for (let row = 0; row <= 510; row++) {
          expect(Object.is(column.get(row), expected.get(row) ?? null)).toBe(true);
        }
      }),
    );
  });

  it('forgets the rows behind a trim', () => {
    const column = new SparseColumn();
    column.set(70, 1);
    column.trim(3);
    expect(column.get(70)).toBeNull();
  });
});
