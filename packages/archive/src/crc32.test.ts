import { crc32 as nodeCrc32 } from 'node:zlib';
import { toBytes } from '@tuplescope/scan';
import { expect, it } from 'vitest';
import { crc32 } from './crc32.ts';
import { fixture } from './testing/fixtures.ts';

it('gives the check value of CRC-32', () => {
  expect(crc32(toBytes('123456789'))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array(0))).toBe(0);
});

// Node.js has it since 20.15.
it.skipIf(nodeCrc32 === undefined)('gives what zlib gives', () => {
  expect(crc32(fixture('gnu.tar'))).toBe(nodeCrc32(fixture('gnu.tar')));
});
