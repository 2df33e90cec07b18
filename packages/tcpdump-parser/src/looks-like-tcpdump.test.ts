import { readdirSync, readFileSync } from 'node:fs';
import { toBytes } from '@tuplescope/scan';
import { describe, expect, it } from 'vitest';
import { looksLikeTcpdump } from './looks-like-tcpdump.ts';

const folder = new URL('../fixtures/', import.meta.url);
const texts = readdirSync(folder).filter((name) => /^(?!README).*\.txt$/.test(name));

describe('looksLikeTcpdump', () => {
  it.each(texts)('knows %s', (name) => {
    expect(looksLikeTcpdump(readFileSync(new URL(name, folder)))).toBe(true);
  });

  it('knows a long text by its first 64 KiB, wherever they end', () => {
    const text = readFileSync(new URL('port-reuse-lo.txt', folder), 'utf8').repeat(40);
    expect(looksLikeTcpdump(toBytes(text))).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a capture file', readFileSync(new URL('forms.pcap', folder), 'latin1')],
    ['ss', 'tcp   FIN-WAIT-2  0  0     127.0.0.1:15001  172.29.73.7:44410'],
    ['conntrack', 'tcp 6 108 SYN_SENT src=10.0.0.1 dst=10.0.0.2 sport=1 dport=2 mark=0 use=1'],
    [
      'a LOG line',
      '[   12.000000] X: IN= OUT=eth0 SRC=10.0.0.1 DST=10.0.0.2 PROTO=TCP SPT=1 DPT=2',
    ],
    ['nstat', 'TcpExtTCPChallengeACK           140                0.0'],
    ['iptables-save', '-A OUTPUT -p tcp -j REDIRECT --to-ports 15001'],
    ['a header without packets', 'tcpdump: listening on lo, link-type EN10MB (Ethernet)'],
    [
      'packets that are not TCP',
      '12:00:00.1 ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28',
    ],
    [
      'prose that quotes a packet',
      `One reads\nof this\nand that\n12:00:00.1 IP 10.0.0.1.1 > 10.0.0.2.2: Flags [S], seq 5, win 1, length 0`,
    ],
  ])('does not take %s for tcpdump text', (_, text) => {
    expect(looksLikeTcpdump(toBytes(text))).toBe(false);
  });
});
