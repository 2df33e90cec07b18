import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ConntrackStatistics } from './conntrack-statistics.ts';
import { parseConntrackStatistics } from './parse-conntrack-statistics.ts';
import { readFixture } from './testing/read-fixture.ts';

describe('parseConntrackStatistics', () => {
  it('reads conntrack -S, a row a CPU', () => {
    const table = parseConntrackStatistics(readFixture('4-during-syn-retry/conntrack-S.txt'));
    expect(table.diagnostics).toEqual([]);
    expect(table.length).toBe(2);
    expect(table.at(1)).toEqual({
      cpu: 1,
      counters: {
        found: 0,
        invalid: 5,
        insert: 0,
        insert_failed: 0,
        drop: 0,
        early_drop: 0,
        error: 0,
        search_restart: 0,
        clash_resolve: 0,
        chaintoolong: 0,
      },
      source: { line: 2, start: 129, end: 256 },
    });
    expect(table.sum('invalid')).toBe(5);
    expect(table.sum('searched')).toBeNull();
  });

  it('reads the names of older versions', () => {
    const old = 'cpu=0   \tsearched=1 found=2 new=3 invalid=4 ignore=5 delete=6 delete_list=7 \n';
    const row = parseConntrackStatistics(old).at(0);
    expect(row).toMatchObject({ counters: { searched: 1, new: 3, delete_list: 7 } });
  });

  it('reads /proc/net/stat/nf_conntrack, in hexadecimal', () => {
    const name = '4-during-syn-retry/proc-net-stat-nf-conntrack.txt';
    const table = parseConntrackStatistics(readFixture(name));
    expect(table.diagnostics).toEqual([]);
    expect([...table].map((row) => 'cpu' in row && row.cpu)).toEqual([0, 1]);
    expect(table.at(1)).toMatchObject({ counters: { entries: 2, invalid: 5, clashres: 0 } });
    const hex = parseConntrackStatistics('entries  found\n0000002a  000000ff\n');
    expect(hex.at(0)).toMatchObject({ cpu: 0, counters: { entries: 42, found: 255 } });
  });

  it('reads conntrack -C, one number', () => {
    const table = parseConntrackStatistics(readFixture('4-during-syn-retry/conntrack-C.txt'));
    expect([...table]).toEqual([{ count: 2, source: { line: 1, start: 0, end: 1 } }]);
  });

  it('passes what stands around with a hint, and reports the rest', () => {
    const text =
      '# conntrack -S\nEvery 1.0s: conntrack -S\n\ncpu=0 found=1\ncpu=1 found=l\ncpu=2\n';
    const table = parseConntrackStatistics(text);
    expect([...table]).toMatchObject([{ cpu: 0, counters: { found: 1 } }]);
    expect(table.diagnostics.map(({ severity, line }) => [severity, line])).toEqual([
      ['hint', 1],
      ['hint', 2],
      ['error', 5],
      ['error', 6],
    ]);
  });

  it('never throws, and answers at(i) as it iterates', () => {
    const words = fc.constantFrom('cpu=0', 'found=1', 'entries', ' ', '\n', '\t', '0000000a', '=');
    const text = fc.oneof(
      fc.string(),
      fc.array(words).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, (input) => {
        const table = parseConntrackStatistics(input);
        expect([...table].map((_, i) => table.at(i))).toEqual([...table]);
        expect(() => table.at(table.length)).toThrow(RangeError);
      }),
    );
    expectTypeOf(parseConntrackStatistics('').at).returns.toEqualTypeOf<ConntrackStatistics>();
  });
});
