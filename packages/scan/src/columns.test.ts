import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { Columns } from './columns.ts';

const TYPES = { timeout: Uint32Array, state: Uint8Array, bytes: Float64Array };

describe('Columns', () => {
  it('keep every row while they grow, and after a trim', () => {
    const row = fc.tuple(fc.nat({ max: 2 ** 31 - 1 }), fc.nat({ max: 255 }), fc.maxSafeNat());
    fc.assert(
      fc.property(fc.array(row, { maxLength: 200 }), fc.nat({ max: 50 }), (rows, capacity) => {
        const columns = new Columns(TYPES, capacity);
        for (const [n, [timeout, state, bytes]] of rows.entries()) {
          columns.reserve(n);
          columns.arrays.timeout[n] = timeout;
          columns.arrays.state[n] = state;
          columns.arrays.bytes[n] = bytes;
        }
        columns.trim(rows.length);
        const { timeout, state, bytes } = columns.arrays;
        expect(rows.map((_, n) => [timeout[n], state[n], bytes[n]])).toEqual(rows);
        expect(columns.capacity).toBeLessThanOrEqual(Math.max(1, capacity, rows.length));
      }),
    );
  });

  it('say when the arrays were replaced, and only then', () => {
    const columns = new Columns({ state: Uint8Array }, 2);
    const { state } = columns.arrays;
    expect(columns.reserve(1)).toBe(false);
    expect(columns.arrays.state).toBe(state);
    expect(columns.reserve(2)).toBe(true);
    expect(columns.arrays.state).not.toBe(state);
    expect(columns.arrays.state).toHaveLength(columns.capacity);
  });

  it('make room for a row far ahead', () => {
    const columns = new Columns({ state: Uint8Array }, 0);
    columns.reserve(1_000_000);
    expect(columns.capacity).toBeGreaterThan(1_000_000);
  });

  it('know the type of each array', () => {
    const columns = new Columns(TYPES, 1);
    expectTypeOf(columns.arrays.timeout).toExtend<Uint32Array>();
    expectTypeOf(columns.arrays.state).toExtend<Uint8Array>();
    expect(columns.arrays.bytes).toBeInstanceOf(Float64Array);
  });
});
