import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Diagnostic } from './diagnostic.ts';
import { DiagnosticList, MAX_DIAGNOSTICS } from './diagnostic-list.ts';
import { WHOLE_INPUT } from './source-span.ts';
import { toBytes } from './text.ts';

const bytes = toBytes('tcp\nudp abc 1\n');
const place = { line: 2, lineStart: 4, start: 8, end: 11, expected: 'a state' } as const;

describe('DiagnosticList', () => {
  it('says what was expected and what was found, and where', () => {
    const list = new DiagnosticList(bytes, WHOLE_INPUT);
    list.add({ severity: 'error', ...place });
    expect(list.all()).toEqual([
      {
        severity: 'error',
        line: 2,
        column: 5,
        start: 8,
        end: 11,
        expected: 'a state',
        found: '"abc"',
        message: 'expected a state, found "abc"',
      },
    ]);
  });

  it('places a block in the whole input', () => {
    const list = new DiagnosticList(bytes, { line: 100, offset: 5000 });
    list.add({ severity: 'hint', ...place });
    expect(list.all()[0]).toMatchObject({ line: 101, column: 5, start: 5008, end: 5011 });
  });

  it('finds the line of a place that is further on in its record', () => {
    const list = new DiagnosticList(bytes, WHOLE_INPUT);
    list.add({ severity: 'error', ...place, line: 1, lineStart: 0 });
    list.add({ severity: 'error', ...place, line: 1, lineStart: 0, start: 12, end: 13 });
    list.add({ severity: 'error', ...place, line: 1, lineStart: 0, start: 1, end: 3 });
    const places = list.all().map(({ line, column, found }) => [line, column, found]);
    expect(places).toEqual([
      [2, 5, '"abc"'],
      [2, 9, '"1"'],
      [1, 2, '"cp"'],
    ]);
  });

  it('keeps the first and counts the rest', () => {
    const list = new DiagnosticList(bytes, WHOLE_INPUT);
    for (let n = 0; n < MAX_DIAGNOSTICS + 7; n++) list.add({ severity: 'hint', ...place });
    expect(list.all()).toHaveLength(MAX_DIAGNOSTICS + 1);
    expect(list.all().at(-1)).toMatchObject({
      severity: 'warning',
      message: 'expected at most 1000 diagnostics, found 7 more, not listed',
    });
    expect(list.all().filter(({ severity }) => severity === 'hint')).toHaveLength(MAX_DIAGNOSTICS);
  });

  it('gives a list that cannot be changed', () => {
    expectTypeOf<DiagnosticList['all']>().returns.toEqualTypeOf<readonly Diagnostic[]>();
    expect(new DiagnosticList(bytes, WHOLE_INPUT).all()).toEqual([]);
  });
});
