import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTcpdump } from './parse-tcpdump.ts';
import type { TcpdumpSegment } from './tcpdump-segment.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

/** The record of a segment with this text before `IP`. */
function stamped(stamp: string, utcOffsetHours = 0): TcpdumpSegment {
  const line = `${stamp}IP 10.0.0.1.1 > 10.0.0.2.2: Flags [S], seq 5, win 1, length 0`;
  return parseTcpdump(line, { utcOffsetHours }).at(0);
}

const time = ({ n, at, timeOfDay, elapsed }: TcpdumpSegment): unknown => ({
  n,
  at,
  ...(timeOfDay !== undefined && { timeOfDay }),
  ...(elapsed !== undefined && { elapsed }),
});

describe('time stamps', () => {
  it('without a date are seconds since midnight', () => {
    expect(time(stamped('12:34:56.789012 '))).toEqual({ n: 1, at: null, timeOfDay: 45296.789012 });
    expect(stamped('23:59:60.5 ').timeOfDay).toBe(86400.5);
    expect(stamped('12:34:56.789012345 ').timeOfDay).toBeCloseTo(45296.789012345, 9);
    expect(stamped('12:34:56 ').timeOfDay).toBe(45296);
  });

  it('of -tt are the epoch, exact to the microsecond', () => {
    expect(time(stamped('1675500436.343525 '))).toEqual({ n: 1, at: 1675500436.343525 });
    const table = parseTcpdump(fixture('forms-tt.txt'));
    expect([...table].map(({ at }) => at)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((i) => Number(`1700000000.${i}00007`)),
    );
  });

  it('of -tttt are the epoch, in the zone that the caller names', () => {
    const utc = Date.UTC(2023, 1, 4, 8, 47, 16) / 1000;
    expect(stamped('2023-02-04 08:47:16.500000 ').at).toBe(utc + 0.5);
    expect(stamped('2023-02-04 16:47:16.500000 ', 8).at).toBe(utc + 0.5);
    expect(stamped('2023-02-04 03:17:16.500000 ', -5.5).at).toBe(utc + 0.5);
  });

  it('of -ttt and -ttttt are told by the blank before them', () => {
    const delta = [...parseTcpdump(fixture('forms-ttt.txt'))].map(({ elapsed }) => elapsed);
    expect(delta).toEqual([0, ...new Array<number>(7).fill(0.1)]);
    const sinceFirst = [...parseTcpdump(fixture('forms-ttttt.txt'))].map(({ elapsed }) => elapsed);
    expect(sinceFirst).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
    expect(stamped(' 100:00:01.5 ').elapsed).toBe(360001.5);
    expect(stamped(' -00:00:01.5 ').elapsed).toBe(-1.5);
  });

  it('of -ttt before tcpdump 4.0 are microseconds, with seconds before a dot', () => {
    expect(stamped('000351 ').elapsed).toBe(0.000351);
    expect(stamped('2. 000351 ').elapsed).toBe(2.000351);
  });

  it('may be absent, and the packet may be numbered', () => {
    const bare = parseTcpdump(fixture('forms-t.txt'));
    expect([...bare].map(time)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => ({ n, at: null })));
    expect(time(stamped('   17  12:00:01.5 '))).toEqual({ n: 17, at: null, timeOfDay: 43201.5 });
    expect(time(stamped('   17  '))).toEqual({ n: 17, at: null });
    expect(stamped('   0  12:00:01.5 ').n).toBe(1);
    const both = parseTcpdump(fixture('forms-number-ttt.txt'));
    expect(time(both.at(3))).toEqual({ n: 4, at: null, elapsed: 0.1 });
  });

  it('that no clock shows are no stamps', () => {
    for (const bad of [
      '2023-02-31 08:47:16.5',
      '2023-13-01 08:47:16.5',
      '08:61:00.5',
      '08:00:61.5',
    ]) {
      const line = `${bad} IP 10.0.0.1.1 > 10.0.0.2.2: ARP`;
      expect(parseTcpdump(line).diagnostics.map(({ severity }) => severity)).toEqual(['error']);
    }
  });
});
