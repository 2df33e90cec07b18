import { toBytes } from '@tuplescope/scan';
import { expect, it } from 'vitest';
import { archiveFormat, FORMAT_BYTES, otherFormat } from './archive-format.ts';
import { fixture } from './testing/fixtures.ts';

it.each([
  ['gnu.tar', 'tar'],
  ['gnu.tar.gz', 'gzip'],
  ['gnu.tar.xz', 'xz'],
  ['gnu.tar.zst', 'zstd'],
  ['frames.zst', 'zstd'],
  ['info-zip.zip', 'zip'],
])('tells by the beginning of %s that it is %s', (name, format) => {
  expect(archiveFormat(fixture(name).subarray(0, FORMAT_BYTES))).toBe(format);
});

it('takes no other file for an archive', () => {
  const texts = ['', 'P', 'PK', 'BZh is a word', 'ustar', '\0'.repeat(600), 'a'.repeat(600)];
  for (const text of texts) {
    expect([archiveFormat(toBytes(text)), otherFormat(toBytes(text))]).toEqual([null, null]);
  }
});

it('names forms that are not opened', () => {
  expect(otherFormat(fixture('dmesg.txt.bz2'))).toBe('bzip2');
  expect(otherFormat(Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c))).toBe('7z');
});
