import { describe, expect, it } from 'vitest';
import { DiagnosticList } from './diagnostic-list.ts';
import { LineScanner, MAX_LINE_BYTES } from './line-scanner.ts';
import { isOversizedLine } from './oversized-line.ts';
import { WHOLE_INPUT } from './source-span.ts';
import { toBytes } from './text.ts';

function judge(length: number): { oversized: boolean; said: readonly unknown[] } {
  const bytes = toBytes(`short\n${'x'.repeat(length)}\n`);
  const lines = new LineScanner(bytes);
  const diagnostics = new DiagnosticList(bytes, WHOLE_INPUT);
  lines.next();
  lines.next();
  return { oversized: isOversizedLine(lines, diagnostics), said: diagnostics.all() };
}

describe('isOversizedLine', () => {
  it('takes a line at the limit in silence', () => {
    expect(judge(MAX_LINE_BYTES)).toEqual({ oversized: false, said: [] });
  });

  it('reports a line over the limit, where it is', () => {
    const { oversized, said } = judge(MAX_LINE_BYTES + 1);
    expect(oversized).toBe(true);
    expect(said).toMatchObject([{ severity: 'error', line: 2, column: 1, start: 6 }]);
  });
});
