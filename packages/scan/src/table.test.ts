import { describe, expect, it } from 'vitest';
import { checkRow, iterateRows } from './table.ts';

describe('iterateRows', () => {
  it('makes each row once, in order', () => {
    const rows = iterateRows({ length: 3, at: (row) => row * 10 });
    expect([...{ [Symbol.iterator]: () => rows }]).toEqual([0, 10, 20]);
  });
});

describe('checkRow', () => {
  it('takes the rows that are there', () => {
    expect(() => checkRow(0, 1)).not.toThrow();
    expect(() => checkRow(4, 5)).not.toThrow();
  });

  it.each([
    [2, 2, 'row 2 does not exist, the table has the rows 0 to 1'],
    [-1, 2, 'row -1 does not exist, the table has the rows 0 to 1'],
    [0.5, 2, 'row 0.5 does not exist, the table has the rows 0 to 1'],
    [Number.NaN, 2, 'row NaN does not exist, the table has the rows 0 to 1'],
    [0, 0, 'row 0 does not exist, the table has no rows'],
  ])('refuses row %d of %d', (row, length, message) => {
    expect(() => checkRow(row, length)).toThrow(new RangeError(message));
  });
});
