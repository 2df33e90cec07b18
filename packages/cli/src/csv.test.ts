import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flattenRecord, quoteField } from './csv.ts';

describe('flattenRecord', () => {
  it('joins nested names by a dot and leaves lists whole', () => {
    const record = { orig: { src: '10.0.0.1', zone: null }, labels: ['a', 'b'], use: 1 };
    expect([...flattenRecord(record)]).toEqual([
      ['orig.src', '10.0.0.1'],
      ['orig.zone', null],
      ['labels', ['a', 'b']],
      ['use', 1],
    ]);
  });
});

describe('quoteField', () => {
  it.each([
    [null, ''],
    [undefined, ''],
    [0, '0'],
    [-4, '-4'],
    [false, 'false'],
    ['ESTAB', 'ESTAB'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\nlines', '"two\nlines"'],
    [[{ name: 'envoy', pid: 1 }], '"[{""name"":""envoy"",""pid"":1}]"'],
  ])('writes %j as %s', (value, text) => {
    expect(quoteField(value)).toBe(text);
  });

  it.each(['=1+1', '+cmd|x', '-->', '@SUM(A1)', '\tx', '＝1+1'])(
    'keeps a spreadsheet from running %j',
    (text) => expect(quoteField(text)).toBe(`'${text}`),
  );

  it.each(['-1.5', '+7', 'a=b', '<--'])('leaves %j as it is', (text) => {
    expect(quoteField(text)).toBe(text);
  });

  it('can be read back by the rules of RFC 4180, whatever the text', () => {
    const texts = fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', '=') }));
    fc.assert(
      fc.property(texts, (cells) => {
        const read = readCsvLine(cells.map(quoteField).join(','));
        const written = cells.map((text) => (/^[=\r\n]/.test(text) ? `'${text}` : text));
        expect(read).toEqual(written.length === 0 ? [''] : written);
      }),
    );
  });
});

/** The grammar of RFC 4180, section 2: field = escaped / non-escaped. */
function readCsvLine(line: string): string[] {
  const fields = `,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g);
  return Array.from(fields, ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}
