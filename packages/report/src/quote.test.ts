import { describe, expect, it } from 'vitest';
import { makeReport } from './make-report.ts';
import { quoteEvidence } from './quote.ts';
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
});
