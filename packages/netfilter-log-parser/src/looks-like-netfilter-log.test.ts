import { readFileSync } from 'node:fs';
import { toBytes } from '@tuplescope/scan';
import { describe, expect, it } from 'vitest';
import { looksLikeNetfilterLog } from './looks-like-netfilter-log.ts';

const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url));

describe('looksLikeNetfilterLog', () => {
  it('knows the recordings', () => {
    expect(looksLikeNetfilterLog(fixture('linux-6.1.192-log-invalid.txt'))).toBe(true);
    expect(looksLikeNetfilterLog(fixture('linux-5.4.59.txt'))).toBe(true);
    expect(looksLikeNetfilterLog(fixture('pasted-dmesg-follow.txt'))).toBe(true);
  });

  it('knows a message of conntrack among others', () => {
    const text = '[1.0] usb 1-1: new device\n[12.3] nf_conntrack: table full, dropping packet\n';
    expect(looksLikeNetfilterLog(toBytes(text))).toBe(true);
  });

  const others = {
    'a conntrack listing':
      'tcp      6 108 SYN_SENT src=172.29.73.7 dst=172.21.206.198 sport=44410 dport=7777 [UNREPLIED] src=127.0.0.1 dst=172.29.73.7 sport=15001 dport=44410 mark=0 use=1\n',
    'a socket listing':
      'tcp   SYN-SENT    0  1  172.29.73.7:44410    172.21.206.198:7777         users:(("nc",pid=144426,fd=3)) timer:(on,1.684ms,2) ino:2024378629 sk:aa4e2 <->\n',
    counters: 'TcpExtTCPChallengeACK           140                0.0\n',
    'an iptables ruleset':
      '-A INPUT -m conntrack --ctstate INVALID -j LOG --log-prefix "ISTIO_OUTBOUND_INVALID: "\n',
    'a tcpdump text':
      '16:47:16.343525 IP 172.29.73.7.44410 > 127.0.0.1.15001: Flags [S], seq 66001914, win 62720, length 0\n',
    'a shell script': 'SRC=10.0.0.1 DST=10.0.0.2 ./probe.sh\nIN=eth0\nOUT=eth1\n',
    'a dmesg without such lines':
      '[    0.000000] Linux version 6.1.0\n[    1.0] TCP: cubic registered\n',
    nothing: '',
  };
  for (const [name, text] of Object.entries(others)) {
    it(`says no to ${name}`, () => {
      expect(looksLikeNetfilterLog(toBytes(text))).toBe(false);
    });
  }
});
