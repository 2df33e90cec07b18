import { describe, expect, it } from 'vitest';
import { parseDate } from './parse-date.ts';

describe('parseDate', () => {
  it.each([
    ['1795386269.948610762\nRTNETLINK answers: Invalid argument\n', 1795386269.94861],
    [
      '2026-11-22 23:26:25.644025598 UTC\n',
      Date.UTC(2026, 10, 22, 23, 26, 25) / 1000 + 0.644025598,
    ],
    ['2026-11-22T23:26:25+02:00', Date.UTC(2026, 10, 22, 21, 26, 25) / 1000],
    ['Sat Feb  4 16:46:40 UTC 2023', Date.UTC(2023, 1, 4, 16, 46, 40) / 1000],
    ['Sat Feb  4 16:46:40 2023', Date.UTC(2023, 1, 4, 16, 46, 40) / 1000],
  ])('reads %j', (text, at) => {
    expect(parseDate(text)).toBeCloseTo(at, 5);
  });

  it('reads a time without a zone with the offset that it is given', () => {
    const utc = Date.UTC(2026, 10, 22, 21, 26, 25) / 1000;
    expect(parseDate('2026-11-22 23:26:25', { utcOffsetHours: 2 })).toBe(utc);
  });

  it('gives null for anything else', () => {
    for (const text of ['', 'tcp', '12', '2026-11-22', 'Sat Foo  4 16:46:40 2023']) {
      expect(parseDate(text)).toBeNull();
    }
  });
});
