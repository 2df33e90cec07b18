import { describe, expect, it } from 'vitest';
import { ALL_COMMITS, commitFor } from './commits.ts';
import { kernelPoint } from './kernel-point.ts';

describe('the commits', () => {
  it.each([
    ['c7aab4f17021', 'reinit-syn-only'],
    ['c410cb974f2ba562920ecb8492ee66945dcf88af', 'challenge-ack-fix'],
    ['C410CB9', 'challenge-ack-fix'],
    ['cc4f9d62037e', 'reinit-synack'],
    ['reinit-syn-only', 'reinit-syn-only'],
  ])('are found by hash or name: %s', (text, name) => {
    expect(commitFor(text)?.name).toBe(name);
  });

  it.each(['', 'c7aab', 'd7fba8ff3e50', 'no-such-commit', 'constructor'])(
    'are not found by %j',
    (text) => {
      expect(commitFor(text)).toBeNull();
    },
  );

  it('have names that an expression can carry', () => {
    for (const { name } of ALL_COMMITS) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(`-${name}-`).not.toMatch(/-with(out)?-/);
      expect(commitFor(name)?.name).toBe(name);
    }
  });

  it('have hashes of 12 digits, each its own', () => {
    const hashes = ALL_COMMITS.flatMap(({ hash, alongside = [] }) => [hash, ...alongside]).filter(
      (hash) => hash !== null,
    );
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{12}$/);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('have versions in order: absent before present, once for each line', () => {
    for (const { name, since, lastWithout, backports } of ALL_COMMITS) {
      expect(kernelPoint(since), name).not.toBeNull();
      if (lastWithout !== undefined) expect(kernelPoint(lastWithout), name).not.toBeNull();
      expect(new Set(backports.map(({ line }) => line)).size, name).toBe(backports.length);
      for (const port of backports) {
        expect(port.from ?? Number.POSITIVE_INFINITY, name).toBeGreaterThan(port.lastWithout);
      }
    }
  });
});
