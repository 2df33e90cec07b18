import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNstat } from './parse-nstat.ts';

describe('lines of names and values', () => {
  it('give each value the name above it, and its own bytes', () => {
    const text = 'Tcp: MaxConn InSegs\nTcp: -1 14\n';
    expect([...parseNstat(text)]).toEqual([
      { name: 'TcpMaxConn', value: -1, rate: 0, source: { line: 2, start: 25, end: 27 } },
      { name: 'TcpInSegs', value: 14, rate: 0, source: { line: 2, start: 28, end: 30 } },
    ]);
    expect(text.slice(25, 27)).toBe('-1');
  });

  it('pair up for any names and values', () => {
    const field = fc.tuple(fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,20}$/), fc.maxSafeInteger());
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 40 }), (fields) => {
        const names = fields.map(([name]) => name).join(' ');
        const values = fields.map(([, value]) => value).join(' ');
        const table = parseNstat(`TcpExt: ${names}\nTcpExt: ${values}\n`);
        expect([...table].map(({ name, value }) => [name, value])).toEqual(
          fields.map(([name, value]) => [`TcpExt${name}`, value === 0 ? 0 : value]),
        );
      }),
    );
  });

  it('lose only the field whose value is none', () => {
    const table = parseNstat('Tcp: A B C\nTcp: 1 x 3\n');
    expect([...table].map(({ name, value }) => [name, value])).toEqual([
      ['TcpA', 1],
      ['TcpC', 3],
    ]);
    expect(table.diagnostics).toMatchObject([
      { severity: 'error', line: 2, column: 8, found: '"x"' },
    ]);
  });

  it('say where there are more names than values, or more values than names', () => {
    const fewer = parseNstat('Tcp: A B C\nTcp: 1\n');
    expect(fewer.length).toBe(1);
    expect(fewer.diagnostics).toMatchObject([{ severity: 'error', line: 2, column: 7 }]);
    const more = parseNstat('Tcp: A\nTcp: 1 2 3\n');
    expect(more.length).toBe(1);
    expect(more.diagnostics).toMatchObject([{ severity: 'error', line: 2, found: '"2 3"' }]);
  });

  it('warn of the last value of a file that was cut', () => {
    const cut = parseNstat('Tcp: A B C\nTcp: 1 2');
    expect(cut.value('TcpB')).toBe(2);
    expect(cut.diagnostics.map(({ severity }) => severity)).toEqual(['error', 'warning']);
  });

  it('say where one of the two is missing', () => {
    const table = parseNstat('Tcp: A B\nUdp: C\nUdp: 1\nIp: 5 6\nIcmp: D\n');
    expect([...table].map(({ name }) => name)).toEqual(['UdpC']);
    expect(table.diagnostics.map(({ severity, line }) => [severity, line])).toEqual([
      ['error', 1],
      ['error', 4],
      ['error', 5],
    ]);
  });

  it('find each other over an empty line, a comment, a line that is nothing', () => {
    const table = parseNstat('Tcp: A\n\n# why\nnothing here\nTcp: 1\n');
    expect(table.value('TcpA')).toBe(1);
    expect(table.diagnostics.map(({ severity }) => severity)).toEqual(['hint', 'error']);
  });
});
