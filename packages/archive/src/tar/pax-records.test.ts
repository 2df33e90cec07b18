import { toBytes } from '@tuplescope/scan';
import { expect, it } from 'vitest';
import { readPaxRecords } from './pax-records.ts';

it.each([
  ['20 path=a/long/name\n', { path: 'a/long/name' }],
  ['12 size=123\n', { size: 123 }],
  ['10 path=a\n10 path=b\n', { path: 'b' }],
  ['15 comment=a=b\n', {}],
  ['25 GNU.sparse.major=1\n\0\0\0', null],
  ['22 GNU.sparse.major=1\n\0\0\0', { isSparse: true }],
  ['', {}],
])('reads records: %j', (text, records) => {
  expect(readPaxRecords(toBytes(text))).toEqual(records);
});

it.each([
  '99 path=a\n',
  '8 path=a\n',
  '0 path=a\n',
  '-10 path=a\n',
  '10path=a\n',
  '10 path a\n',
  '10 path=a;',
  '12 size=-12\n',
  '31 size=99999999999999999999999\n',
])('knows what is no record: %j', (text) => {
  expect(readPaxRecords(toBytes(text))).toBeNull();
});
