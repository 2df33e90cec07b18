import { readFileSync } from 'node:fs';
import { readIncidents } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import { makeReport } from './make-report.ts';
import { isPacketCapture, quoteEvidence } from './quote.ts';
import { active } from './testing/incidents.ts';

describe('quoteEvidence', () => {
  const incidents = active('a\u001bb');
  const [finding] = makeReport(incidents, '1').findings;
  const [evidence] = finding?.evidence ?? [];
  if (evidence === undefined) throw new Error('there is evidence');

  it('quotes the line, blanks folded, control characters visible', () => {
    expect(quoteEvidence(incidents, evidence)).toBe(
      'tcp FIN-WAIT-2 0 0 127.0.0.1:15001 172.29.73.7:44410 users:(("a\\x1bb",pid=112,fd=4)) uid:1337 ino:392 sk:10 <--',
    );
  });

  it('gives null where the incidents do not have the place', () => {
    expect(quoteEvidence(incidents, { ...evidence, file: 'other.txt' })).toBeNull();
    expect(quoteEvidence(incidents, { ...evidence, start: 1e6, end: 1e6 })).toBeNull();
    expect(quoteEvidence([], evidence)).toBeNull();
  });

  it('writes the packet out where the file is a capture, which has no lines', () => {
    const bytes = readFileSync(
      new URL('../../collision-detector/fixtures/captures/lo.pcap', import.meta.url),
    );
    const captured = readIncidents([{ path: 'lo.pcap', bytes }]);
    const [capture] = captured[0]?.captures ?? [];
    if (capture?.content.kind !== 'pcap') throw new Error('it is a capture');
    const syn = [...capture.content.table].find(({ seq }) => seq === 66001914);
    const { start = 0, end = 0 } = syn?.source ?? {};
    const packet = { ...evidence, file: 'lo.pcap', start, end, packet: 8 };
    expect(quoteEvidence(captured, packet)).toMatch(
      /^23:26:25\.46\d{4} 172\.29\.73\.7:44410 → 127\.0\.0\.1:15001 flags S seq 66001914 win 62720 length 0$/,
    );
    expect(isPacketCapture(captured, 'lo.pcap')).toBe(true);
    expect(isPacketCapture(incidents, evidence.file)).toBe(false);
  });
});
