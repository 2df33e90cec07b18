import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNstat } from './parse-nstat.ts';

const read = (text: string): [string, number][] =>
  [...parseNstat(text)].map(({ name, value }) => [name, value]);

describe('nstat -j', () => {
  it('gives what JSON.parse gives, in one line or in many', () => {
    const counters = fc.dictionary(fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,20}$/), fc.maxSafeNat());
    fc.assert(
      fc.property(counters, fc.constantFrom(0, 1, 4), (kernel, indent) => {
        const text = JSON.stringify({ kernel }, null, indent);
        const table = parseNstat(text);
        expect(Object.fromEntries(read(text))).toEqual({ ...kernel });
        expect(table.diagnostics).toEqual([]);
      }),
    );
  });

  it('marks a member from its name to its value', () => {
    const text = '{"kernel":{"TcpInSegs":14,"TcpOutSegs": 15}}';
    const spans = [...parseNstat(text)].map(({ source }) => text.slice(source.start, source.end));
    expect(spans).toEqual(['"TcpInSegs":14', '"TcpOutSegs": 15']);
  });

  it('keeps a name that comes twice, and looks up the last', () => {
    const table = parseNstat('{"kernel":{"TcpInSegs":1,"TcpInSegs":2}}');
    expect(table.length).toBe(2);
    expect(table.value('TcpInSegs')).toBe(2);
  });

  it('reads the inner object alone, and several documents in a row', () => {
    expect(read('{"TcpInSegs":1}\n{"kernel":{"TcpInSegs":2}}\n')).toEqual([
      ['TcpInSegs', 1],
      ['TcpInSegs', 2],
    ]);
  });

  it.each(['"5"', '1.5', '1e3', 'null', 'true', '[1,{"TcpB":2}]', '{"TcpB":{"TcpC":[2]}}', ''])(
    'loses only the member whose value is %s',
    (value) => {
      const table = parseNstat(`{"kernel":{"TcpInSegs":1,"TcpX":${value},"TcpOutSegs":2}}`);
      expect([...table].map(({ name }) => name)).toEqual(['TcpInSegs', 'TcpOutSegs']);
      expect(table.diagnostics.map(({ severity }) => severity)).toEqual(['error']);
    },
  );

  it('keeps what came before a cut, and what stands after it', () => {
    const table = parseNstat('{"kernel":{"TcpInSegs":1,"TcpOut\nTcpRetransSegs   3   0.0\n');
    expect([...table].map(({ name }) => name)).toEqual(['TcpInSegs', 'TcpRetransSegs']);
    expect(table.diagnostics.map(({ severity, line }) => [severity, line])).toEqual([
      ['error', 1],
      ['error', 2],
    ]);
    const cut = parseNstat('{"kernel":{"TcpInSegs":1');
    expect(cut.value('TcpInSegs')).toBe(1);
    expect(cut.diagnostics).toMatchObject([{ severity: 'warning' }]);
  });

  it('does not let an array that never ends swallow the lines after it', () => {
    const table = parseNstat(
      '{"kernel":{"a":[\nTcpRetransSegs   3   0.0\n{"kernel":{"TcpInSegs":1}}\n',
    );
    expect(table.value('TcpRetransSegs')).toBe(3);
    expect(table.value('TcpInSegs')).toBe(1);
  });

  it('takes any depth of nesting without a deep stack', () => {
    const depth = 400_000;
    const table = parseNstat(`{"a":${'['.repeat(depth)}${']'.repeat(depth)},"TcpInSegs":1}`);
    expect(table.value('TcpInSegs')).toBe(1);
    expect(table.diagnostics).toHaveLength(1);
  });

  it('is no other JSON', () => {
    const table = parseNstat('{"nftables": [{"metainfo": {"version": "1.0.6"}}]}');
    expect(table.length).toBe(0);
    expect(table.diagnostics.map(({ severity }) => severity)).toEqual(['error']);
  });
});
