import { expect, it } from 'vitest';
import { readTcpOptions } from './read-tcp-options.ts';
import { bytesOf } from './testing/capture-bytes.ts';

it.each([
  [
    '020405b4 0402 080a 0000000a 0000000b 01 030307',
    { mss: 1460, sackOK: true, ts: [10, 11], wscale: 7 },
  ],
  [
    '0101 0512 0000000a 00000014 fffffff0 00000001',
    {
      sack: [
        [10, 20],
        [4294967280, 1],
      ],
    },
  ],
  ['2202 0101', { tfo: '' }],
  ['220a 0102030405060708', { tfo: '0102030405060708' }],
  ['fe04 f989', { tfo: '' }],
  ['fe06 1234 5678 0101', { other: ['unknown-254 0x12345678'] }],
  ['1e0c 0181 4b45594b45594b45', { mptcp: 'capable' }],
  ['1e03 10 1e03 20 0000', { mptcp: 'join, dss' }],
  [
    '1312 000102030405060708090a0b0c0d0e0f 0101',
    { other: ['md5 0x000102030405060708090a0b0c0d0e0f'] },
  ],
  ['6304 abcd 00 ff', { other: ['unknown-99 0xabcd'] }],
  ['0205 05b400', { other: ['mss 0x05b400'] }],
  ['0200', { other: ['mss'] }],
  ['03', { other: ['wscale'] }],
  ['0000 0000', {}],
])('reads %s', (hex, options) => {
  const bytes = bytesOf(hex);
  expect(readTcpOptions(bytes, 0, bytes.length)).toEqual(options);
});

it('leaves out an option that the capture cut', () => {
  const bytes = bytesOf('020405b4 080a 0000');
  expect(readTcpOptions(bytes, 0, bytes.length, 20)).toEqual({ mss: 1460 });
});
