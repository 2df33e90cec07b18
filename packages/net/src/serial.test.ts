import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSerial, isAfter, isBefore, serialDistance } from './serial.ts';

const serial = fc.integer({ min: 0, max: 2 ** 32 - 1 });
/** Less than half the circle, where before and after mean what they say (RFC 1982 section 3.2). */
const step = fc.integer({ min: 1, max: 2 ** 31 - 1 });

describe('serial arithmetic', () => {
  it('adds modulo 2^32', () => {
    fc.assert(
      fc.property(serial, fc.integer(), (a, n) => {
        const expected = BigInt.asUintN(32, BigInt(a) + BigInt(n));
        expect(BigInt(addSerial(a, n))).toBe(expected);
      }),
    );
  });

  it('measures the distance that was added', () => {
    fc.assert(
      fc.property(serial, step, (a, n) => {
        expect(serialDistance(addSerial(a, n), a)).toBe(n);
        expect(serialDistance(a, addSerial(a, n))).toBe(-n);
      }),
    );
  });

  it('orders two numbers less than half the circle apart', () => {
    fc.assert(
      fc.property(serial, step, (a, n) => {
        const later = addSerial(a, n);
        expect([isBefore(a, later), isAfter(later, a)]).toEqual([true, true]);
        expect([isBefore(later, a), isAfter(a, later)]).toEqual([false, false]);
      }),
    );
  });

  it('puts no number before or after itself', () => {
    fc.assert(
      fc.property(serial, (a) => {
        expect([isBefore(a, a), isAfter(a, a)]).toEqual([false, false]);
      }),
    );
  });

  it('puts numbers exactly 2^31 apart before each other, as the kernel does', () => {
    expect([isBefore(0, 2 ** 31), isBefore(2 ** 31, 0)]).toEqual([true, true]);
    expect([isAfter(0, 2 ** 31), isAfter(2 ** 31, 0)]).toEqual([true, true]);
    expect(serialDistance(0, 2 ** 31)).toBe(-(2 ** 31));
  });
});
