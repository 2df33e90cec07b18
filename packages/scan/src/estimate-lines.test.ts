import { describe, expect, it } from 'vitest';
import { estimateLines } from './estimate-lines.ts';
import { toBytes } from './text.ts';

describe('estimateLines', () => {
  it('makes room for every line of an even text, and for little more', () => {
    for (const lines of [0, 1, 2, 500, 200_000]) {
      const estimate = estimateLines(
        toBytes('tcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:4000\n'.repeat(lines)),
      );
      expect(estimate).toBeGreaterThanOrEqual(lines);
      expect(estimate).toBeLessThan(lines * 1.03 + 10);
    }
  });
});
