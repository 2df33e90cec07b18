import { toBytes } from '@tuplescope/scan';
import { expect, it } from 'vitest';
import { looksLikePcap } from './looks-like-pcap.ts';
import { pcapHeader, sectionHeader } from './testing/capture-bytes.ts';
import { FIXTURES, readFixture } from './testing/fixture.ts';

it.each(FIXTURES)('knows %s', (name) => {
  expect(looksLikePcap(readFixture(name))).toBe(true);
});

it('knows the headers of either byte order', () => {
  expect(looksLikePcap(pcapHeader({ isLittle: false }))).toBe(true);
  expect(looksLikePcap(pcapHeader({ isLittle: false, magic: 0xa1b23c4d }))).toBe(true);
  expect(looksLikePcap(sectionHeader(false))).toBe(true);
});

it.each(['', 'abc', '\n\r\r\n', '\n\r\r\n and text', 'IP 10.0.0.1.80 > 10.0.0.2.4000: Flags [S]'])(
  'does not take text for a capture: %j',
  (text) => {
    expect(looksLikePcap(toBytes(text))).toBe(false);
  },
);
