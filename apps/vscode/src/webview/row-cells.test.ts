import { expect, it } from 'vitest';
import type { PacketPage } from '../protocol/packets.ts';
import { verdictOf } from '../protocol/verdict.ts';
import { rowCells, timeText } from './row-cells.ts';

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

const page = {
  n: Uint32Array.of(1, 2),
  seconds: Float64Array.of(1, 1),
  nanoseconds: Uint32Array.of(0, 5000),
  src: Uint16Array.of(1, 1),
  dst: Uint16Array.of(2, 2),
  sport: Uint16Array.of(44410, 44410),
  dport: Uint16Array.of(7777, 7777),
  flags: Uint16Array.of(3, 3),
  seq: Uint32Array.of(5, 6),
  ack: Uint32Array.of(0, 0),
  win: Uint16Array.of(10, 10),
  payload: Uint32Array.of(0, 0),
  proto: Uint16Array.of(0, 0),
  verdict: Uint8Array.of(verdictOf('NEW', true), verdictOf('INVALID', false)),
  otherVerdict: Uint8Array.of(0, verdictOf('ESTABLISHED', true)),
  texts: ['', '10.0.0.7', '10.0.0.9', 'S'],
} as unknown as PacketPage;

it('writes what two kernels say, and marks what was not expected', () => {
  const context = {
    format: 'sinceShown',
    firstAt: 0,
    before: { page, at: 0 },
    says: 'So.',
  } as const;
  const cells = rowCells({ page, at: 1 }, context);
  expect(cells.slice(0, 8)).toEqual([
    '2',
    '0.000005',
    '10.0.0.7:44410',
    '10.0.0.9:7777',
    'S',
    'INVALID ⚠',
    'ESTABLISHED',
    'So.',
  ]);
  expect(rowCells({ page, at: 0 }, { ...context, before: null }).slice(1, 2)).toEqual(['']);
});
