import { RST, SYN } from '@tuplescope/net';
import { expect, it } from 'vitest';
import { parseFilter } from './parse-filter.ts';

const nothing = {
  ports: [],
  addresses: [],
  ends: [],
  flags: 0,
  verdicts: [],
  unexpected: false,
  differs: false,
  connection: null,
};

it.each([
  ['44410', { ports: [44410] }],
  ['10.0.0.7', { addresses: ['10.0.0.7'] }],
  ['fe80::1', { addresses: ['fe80::1'] }],
  ['10.0.0.7:44410', { ends: [{ address: '10.0.0.7', port: 44410 }] }],
  ['[::1]:15001', { ends: [{ address: '::1', port: 15001 }] }],
  ['verdict:invalid', { verdicts: [4] }],
  ['ctstate:NEW Established', { verdicts: [1, 2] }],
  ['unexpected differs', { unexpected: true, differs: true }],
  ['connection:12', { connection: 12 }],
  ['SYN 44410  rst', { ports: [44410], flags: SYN | RST }],
])('understands %s', (text, filter) => {
  expect(parseFilter(text)).toEqual({ filter: { ...nothing, ...filter } });
});

it('takes nothing for no filter', () => {
  expect(parseFilter('  ')).toEqual({ filter: null });
});

it.each([
  'tcp.port==80',
  'verdict:',
  'connection:0',
  'verdict:odd',
  '99999',
  '10.0.0',
  '10.0.0.7:99999',
])('says that it does not know %s', (text) => {
  expect(parseFilter(`44410 ${text}`)).toEqual({ notUnderstood: text });
});
