import { describe, expect, it } from 'vitest';
import { parseNstat } from './parse-nstat.ts';

describe('NstatTable', () => {
  const table = parseNstat('TcpInSegs   1   0.0\nTcpOutSegs   2   0.5\nTcpInSegs   3   0.0\n');

  it('looks a counter up by name, the last where there are more', () => {
    expect(table.value('TcpInSegs')).toBe(3);
    expect(table.value('TcpOutSegs')).toBe(2);
  });

  it('has null for a counter that is not there', () => {
    expect(table.value('TcpRetransSegs')).toBeNull();
    expect(table.value('constructor')).toBeNull();
  });

  it('keeps every row', () => {
    expect([...table].map(({ value, rate }) => [value, rate])).toEqual([
      [1, 0],
      [2, 0.5],
      [3, 0],
    ]);
    expect(() => table.at(3)).toThrow('row 3 does not exist, the table has the rows 0 to 2');
  });
});
