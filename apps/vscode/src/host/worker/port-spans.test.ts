import { toBytes } from '@tuplescope/scan';
import { expect, it } from 'vitest';
import { portSpans } from './port-spans.ts';

function found(text: string, port = 44410): string[] {
  const bytes = toBytes(text);
  return portSpans(bytes, 0, bytes.length, [port]).map(({ start }) => text.slice(0, start));
}

it.each([
  ['ss', 'ESTAB 0 0 10.0.0.7:44410 10.0.9.9:7777', 'ESTAB 0 0 10.0.0.7:'],
  ['ss, IPv6', 'ESTAB 0 0 [::1]:44410 [::1]:7777', 'ESTAB 0 0 [::1]:'],
  [
    'conntrack',
    'src=10.0.0.7 dst=10.0.9.9 sport=44410 dport=1',
    'src=10.0.0.7 dst=10.0.9.9 sport=',
  ],
  ['the kernel log', 'PROTO=TCP SPT=44410 DPT=7777', 'PROTO=TCP SPT='],
  ['tcpdump, the source', 'IP 10.0.0.7.44410 > 10.0.9.9.7777: Flags', 'IP 10.0.0.7.'],
  [
    'tcpdump, the destination',
    'IP 10.0.9.9.7777 > 10.0.0.7.44410: Flags',
    'IP 10.0.9.9.7777 > 10.0.0.7.',
  ],
])('finds a port as %s writes it', (_, text, before) => {
  expect(found(text)).toEqual([before]);
});

it.each([
  'users:(("nc",pid=44410,fd=3))',
  'seq 44410, win 44410, length 44410',
  'ID=44410 mark=44410 TS val 44410',
  '10.0.0.7:144410 10.0.0.7:444101',
  '16:46:40.044410 IP',
])('takes no other number for it: %s', (text) => {
  expect(found(text)).toEqual([]);
});

it('takes no byte of an address for a low port', () => {
  expect(found('IP 10.0.0.7.443 > 10.0.0.7.7: Flags', 7)).toEqual(['IP 10.0.0.7.443 > 10.0.0.7.']);
});

it('looks only where it is told', () => {
  const text = '10.0.0.7:44410 10.0.0.7:44410';
  expect(portSpans(toBytes(text), 14, text.length, [44410])).toEqual([{ start: 24, end: 29 }]);
});
