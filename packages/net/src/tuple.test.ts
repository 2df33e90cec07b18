import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { formatTuple, invertTuple, type Tuple, tupleKey } from './tuple.ts';

const port = fc.nat({ max: 65535 });
const address = fc.oneof(fc.ipV4(), fc.ipV6());
const tuple = fc.record({ src: address, sport: port, dst: address, dport: port });

describe('tuples', () => {
  it('turned round twice are themselves', () => {
    fc.assert(
      fc.property(tuple, (one) => {
        expect(invertTuple(invertTuple(one))).toEqual(one);
      }),
    );
  });

  it('have one key for all spellings and another for the other direction', () => {
    const one = { src: '10.0.0.1', sport: 1, dst: 'fd00::2', dport: 2 };
    const same = { ...one, src: '::ffff:10.0.0.1', dst: 'FD00:0::2' };
    expect(tupleKey(same)).toBe('10.0.0.1 1 fd00::2 2');
    expect(tupleKey(same)).toBe(tupleKey(one));
    expect(tupleKey(invertTuple(one))).not.toBe(tupleKey(one));
  });

  it('are written from source to destination', () => {
    const text = formatTuple({ src: '10.0.0.1', sport: 1, dst: 'fd00::2', dport: 2 });
    expect(text).toBe('10.0.0.1:1 → [fd00::2]:2');
  });

  it('invert to tuples', () => {
    expectTypeOf(invertTuple).returns.toEqualTypeOf<Tuple>();
    expect(invertTuple({ src: 'a', sport: 1, dst: 'b', dport: 2 })).toEqual({
      src: 'b',
      sport: 2,
      dst: 'a',
      dport: 1,
    });
  });
});
