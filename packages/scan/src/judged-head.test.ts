import { describe, expect, it } from 'vitest';
import { DiagnosticList } from './diagnostic-list.ts';
import { countErrors, judgedHead } from './judged-head.ts';
import { WHOLE_INPUT } from './source-span.ts';
import { toBytes } from './text.ts';

describe('judgedHead', () => {
  it('is all of a short input, the last line without end too', () => {
    const input = toBytes('tcp 6\nud');
    expect(judgedHead(input)).toBe(input);
  });

  it('ends with a whole line within 64 KiB, where there is one', () => {
    const input = toBytes('0123456789\n'.repeat(10_000));
    expect(judgedHead(input).length).toBe(65_536 - (65_536 % 11));
    expect(judgedHead(toBytes('x'.repeat(70_000))).length).toBe(65_536);
  });
});

describe('countErrors', () => {
  it('counts what was lost, not what was forgiven', () => {
    const list = new DiagnosticList(toBytes('abc'), WHOLE_INPUT);
    const place = { line: 1, lineStart: 0, start: 0, end: 3, expected: 'a port' };
    for (const severity of ['error', 'hint', 'warning', 'error'] as const) {
      list.add({ severity, ...place });
    }
    expect(countErrors(list.all())).toBe(2);
  });
});
