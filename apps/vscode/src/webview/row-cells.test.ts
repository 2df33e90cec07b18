import { expect, it } from 'vitest';
import { timeText } from './row-cells.ts';

it.each([
  ['sinceFirst', '1.343525'],
  ['timeOfDay', '15:47:16.343525'],
  ['dateTime', '2023-02-04 15:47:16.343525'],
] as const)('writes a time %s', (format, text) => {
  expect(timeText(1_675_525_636, 343_525_000, format, 1_675_525_635)).toBe(text);
});

it('writes no minus before nothing', () => {
  expect(timeText(1, 0, 'sinceFirst', 1.000_000_1)).toBe('0.000000');
  expect(timeText(1, 0, 'sinceFirst', 2)).toBe('-1.000000');
});

it('writes a time that no calendar has', () => {
  expect(timeText(9e15, 0, 'dateTime', 0)).toBe('9000000000000000.000000');
});
