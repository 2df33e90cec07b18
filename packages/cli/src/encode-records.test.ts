import { describe, expect, it } from 'vitest';
import { RECORD_ENCODERS } from './encode-records.ts';

function encode(format: string, records: Iterable<unknown>): string {
  const encoder = RECORD_ENCODERS[format]?.();
  if (encoder === undefined) throw new Error(`there is no format ${format}`);
  let text = '';
  for (const record of records) text += encoder.add(record);
  return text + encoder.end();
}

describe('the formats of parse', () => {
  it('are ndjson, json and csv', () => {
    expect(Object.keys(RECORD_ENCODERS)).toEqual(['ndjson', 'json', 'csv']);
  });

  it('write nothing for no records, but for JSON an empty array', () => {
    expect(encode('ndjson', [])).toBe('');
    expect(encode('json', [])).toBe('[]\n');
    expect(encode('csv', [])).toBe('');
  });

  it('write a line a record as NDJSON, whatever line ends the text holds', () => {
    expect(encode('ndjson', [{ a: 'x\ny' }, { a: 1 }])).toBe('{"a":"x\\ny"}\n{"a":1}\n');
  });

  it('write one array as JSON', () => {
    expect(JSON.parse(encode('json', [{ a: 1 }, { b: null }]))).toEqual([{ a: 1 }, { b: null }]);
  });

  it('name a CSV column for each field of the records that tell the columns', () => {
    expect(encode('csv', [{ a: 1 }, { b: { c: 'x' } }])).toBe('a,b.c,other\r\n1,,\r\n,x,\r\n');
  });

  it('put what only a late record has into the column "other"', () => {
    const early = Array.from({ length: 1000 }, (_, a) => ({ a }));
    const lines = encode('csv', [...early, { a: 1000, mark: 7 }]).split('\r\n');
    expect(lines).toHaveLength(1000 + 3);
    expect([lines[0], lines[1], lines[1001], lines[1002]]).toEqual([
      'a,other',
      '0,',
      '1000,"{""mark"":7}"',
      '',
    ]);
  });
});
