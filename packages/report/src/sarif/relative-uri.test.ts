import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../testing/hostile.ts';
import { relativeUri } from './relative-uri.ts';

describe('relativeUri', () => {
  it.each([
    ['/tmp/my dump/ss.txt', 'tmp/my%20dump/ss.txt'],
    ['../a/./b#c?d', 'a/b%23c%3Fd'],
    ['bundle.tar.gz!/ss.txt', 'bundle.tar.gz!/ss.txt'],
    ['C:\\dump\\ss.txt', 'C%3A/dump/ss.txt'],
    ['-', '-'],
    ['/', '-'],
  ])('writes %s as %s', (path, uri) => {
    expect(relativeUri(path)).toBe(uri);
  });

  it('never leaves its base, whatever the name', () => {
    fc.assert(
      fc.property(anyText, (path) => {
        const { href } = new URL(relativeUri(path), 'file:///base/');
        expect(href).toMatch(/^file:\/\/\/base\/./);
      }),
    );
  });
});
