import { describe, expect, it } from 'vitest';
import { makeReport } from '../make-report.ts';
import { active, CONNECTING, staleRow } from '../testing/incidents.ts';
import { recordedIncidents } from '../testing/recordings.ts';
import { contextLines } from './context-lines.ts';

describe('contextLines', () => {
  it('quotes the record among the lines around it, each with its number', () => {
    const incidents = active();
    const [evidence] = makeReport(incidents, '1').findings[0]?.evidence ?? [];
    if (evidence === undefined) throw new Error('no evidence');
    expect(contextLines(incidents, evidence)).toEqual([
      {
        line: 1,
        text: 'Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
        isRecord: false,
      },
      { line: 2, text: staleRow().trimEnd(), isRecord: true },
      { line: 3, text: CONNECTING.trimEnd(), isRecord: false },
    ]);
    expect(contextLines([], evidence)).toEqual([]);
  });

  it('writes out a packet of a capture file, which has no lines', () => {
    const incidents = recordedIncidents('5.19.0-case1');
    const packets = makeReport(incidents, '1')
      .findings.flatMap(({ evidence }) => evidence)
      .filter(({ file }) => file === 'lo.pcap');
    expect(packets.length).toBeGreaterThan(0);
    for (const packet of packets) {
      const lines = contextLines(incidents, packet);
      expect(lines).toMatchObject([{ line: null, isRecord: true }]);
      expect(lines[0]?.text).toMatch(/^\d\d:\d\d:\d\d\.\d{6} .* flags /);
    }
  });
});
