import type { CaptureKind } from '@tuplescope/incident';
import { expect, it } from 'vitest';
import { explainField } from './explain-field.ts';

function explain(kind: CaptureKind, line: string, field: string): string | null {
  const found = explainField(kind, line, line.indexOf(field));
  return found === null ? null : found.text.replaceAll(/\{(\d)\}/g, (_, n) => `${found.values[n]}`);
}

const SOCKET =
  'tcp   SYN-SENT    0  1  172.29.73.7:44410    172.21.206.198:7777         users:(("nc",pid=144426,fd=3)) timer:(on,1.684ms,2) ino:2024378629 sk:aa4e2 <->';
const ENTRY =
  'tcp  6 108 SYN_SENT src=172.29.73.7 dst=172.21.206.198 sport=44410 dport=7777 [UNREPLIED] src=127.0.0.1 dst=172.29.73.7 sport=15001 dport=44410 mark=0 use=1';
const PACKET =
  '    172.29.73.7.44410 > 127.0.0.1.15001: Flags [S], cksum 0x43fd (incorrect -> 0x3d28), seq 66001914, win 62720, options [mss 8960,sackOK,TS val 1250779694 ecr 0,nop,wscale 11], length 0';
const LOG =
  '[Sat Feb  4 16:46:40 2023] ISTIO_OUTBOUND_INVALID: IN= OUT=eth0 SRC=172.29.73.7 DST=172.21.206.198 LEN=40 TOS=0x00 PREC=0x00 TTL=64 ID=0 DF PROTO=TCP SPT=44410 DPT=7777 WINDOW=0 RES=0x00 RST URGP=0';

it('reads a time of old ss as the seconds that it is', () => {
  // iproute2 before 6.11 prints 1684 ms as 1.684ms.
  expect(explain('ss', SOCKET, 'timer:')).toBe(
    'The retransmission timer: it fires in 1.684 s. It has fired 2 times so far, so what was sent last is not acknowledged.',
  );
  expect(explain('ss', 'ESTAB timer:(keepalive,1min59sec,0)', 'timer')).toContain('1min59sec');
});

it.each<[CaptureKind, string, string, string]>([
  ['ss', SOCKET, 'SYN-SENT', 'waits for an answer'],
  ['ss', SOCKET, '("nc"', 'process nc, number 144426'],
  ['ss', SOCKET, 'ino:', 'socket:[2024378629]'],
  ['ss', SOCKET, '<->', 'both directions'],
  ['conntrack', ENTRY, '108', 'forgets this connection, unless another packet comes: 108'],
  ['conntrack', ENTRY, 'SYN_SENT', 'no answer that counts'],
  ['conntrack', ENTRY, '[UNREPLIED]', 'No packet'],
  ['conntrack', ENTRY, 'sport=15001', 'two tuples'],
  ['tcpdump', PACKET, 'Flags', 'asks for a connection'],
  ['tcpdump', PACKET, 'cksum', 'nothing is wrong'],
  ['tcpdump', PACKET, 'wscale', 'shifted'],
  ['tcpdump', 'Flags [P.], seq 1:101, ack 1', 'seq', 'Carries 100 bytes'],
  ['tcpdump', 'Flags [FRE.], seq 1', 'Flags', 'FIN, RST, ECE, ACK'],
  ['log', LOG, 'ISTIO_OUTBOUND_INVALID', 'prefix'],
  ['log', LOG, 'RST', 'refuses or ends'],
  ['log', LOG, 'LEN=40', 'TCP header without'],
  ['nstat', 'TcpExtTCPSYNChallenge           140                0.0', 'Tcp', 'every attempt'],
  ['ruleset', '-A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001', '-j', 'sidecar'],
  ['sysctl', 'net.netfilter.nf_conntrack_tcp_be_liberal = 0', 'net', 'outside the window'],
])('explains in %s: %s', (kind, line, field, meaning) => {
  expect(explain(kind, line, field)).toContain(meaning);
});

it('explains nothing where nothing stands', () => {
  expect(explain('ss', SOCKET, '172.29')).toBeNull();
  expect(explain('date', 'Sat Feb 4', 'Sat')).toBeNull();
  expect(explainField('ss', SOCKET, 10_000)).toBeNull();
});

it('looks at no line that is too long to read', () => {
  expect(explainField('ss', `${SOCKET}${' '.repeat(5000)}`, SOCKET.indexOf('timer'))).toBeNull();
});
