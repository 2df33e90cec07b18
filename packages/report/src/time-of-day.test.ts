import { describe, expect, it } from 'vitest';
import { timeOfDay } from './time-of-day.ts';

describe('timeOfDay', () => {
  it('writes the time in UTC, to the microsecond', () => {
    expect(timeOfDay(0)).toBe('00:00:00.000000');
    expect(timeOfDay(1795389985.9999998)).toBe('23:26:26.000000');
  });

  it('leaves a number that is no date as it is', () => {
    for (const at of [-1, 1e18, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(timeOfDay(at)).toBe(String(at));
    }
  });
});
