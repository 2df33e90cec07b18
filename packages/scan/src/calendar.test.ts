import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daySeconds, readMonth, timeSeconds } from './calendar.ts';
import { toBytes } from './text.ts';

describe('daySeconds', () => {
  it('gives the first second of every day that there is', () => {
    const day = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const text = date.toISOString().slice(0, 10);
        const [year = 0, month = 0, number = 0] = text.split('-').map(Number);
        expect(daySeconds(year, month, number)).toBe(Date.parse(`${text}T00:00:00Z`) / 1000);
      }),
    );
  });

  it('gives NaN for a day that there is not', () => {
    for (const [year, month, day] of [
      ...[
        [2026, 2, 29],
        [2026, 4, 31],
        [2026, 13, 1],
        [2026, 0, 1],
        [2026, 1, 0],
      ],
      ...[
        [1969, 12, 31],
        [70, 1, 1],
        [2026, 1, 99],
        [Number.NaN, 1, 1],
      ],
    ] as const) {
      expect(daySeconds(year as number, month as number, day as number)).toBeNaN();
    }
    expect(daySeconds(2024, 2, 29)).toBe(Date.UTC(2024, 1, 29) / 1000);
  });
});

describe('timeSeconds', () => {
  it('counts from midnight, a leap second too, and knows what is no time', () => {
    expect(timeSeconds(0, 0, 0)).toBe(0);
    expect(timeSeconds(23, 59, 60)).toBe(86_400);
    expect(timeSeconds(22, 24, 27)).toBe(80_667);
    for (const time of [
      [24, 0, 0],
      [0, 60, 0],
      [0, 0, 61],
      [-1, 0, 0],
      [0, -1, 0],
      [0, 0, -1],
    ]) {
      expect(timeSeconds(...(time as [number, number, number]))).toBeNaN();
    }
  });
});

describe('readMonth', () => {
  it('knows the twelve names, whole and inside its range', () => {
    const names = toBytes('JanFebMarAprMayJunJulAugSepOctNovDec');
    for (let month = 1; month <= 12; month++) {
      expect(readMonth(names, (month - 1) * 3, names.length)).toBe(month);
    }
    expect(readMonth(names, 1, names.length)).toBe(0);
    expect(readMonth(names, 0, 2)).toBe(0);
    expect(readMonth(toBytes('feb'), 0, 3)).toBe(0);
  });
});
