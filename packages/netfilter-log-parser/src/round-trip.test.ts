import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNetfilterLog } from './parse-netfilter-log.ts';
import { logRecord } from './testing/log-record-arbitrary.ts';
import { renderLogLine } from './testing/render-log-line.ts';

describe('a record', () => {
  it('written as the kernel prints it is read as itself, whole and without a complaint', () => {
    fc.assert(
      fc.property(logRecord, (record) => {
        const table = parseNetfilterLog(renderLogLine(record));
        expect(table.diagnostics).toEqual([]);
        expect([...table].map(({ source: _, ...read }) => read)).toEqual([record]);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same where syslog takes the blank at its end', () => {
    fc.assert(
      fc.property(logRecord, (record) => {
        const [read] = parseNetfilterLog(renderLogLine(record).trimEnd());
        expect(read).toMatchObject(record);
      }),
    );
  });
});
