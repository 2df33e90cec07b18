import { readdirSync } from 'node:fs';
import { toBytes } from '@tuplescope/scan';
import { describe, expect, it } from 'vitest';
import { looksLikeRuleset } from './looks-like-ruleset.ts';
import { looksLikeSysctl } from './looks-like-sysctl.ts';
import { readFixture } from './testing/read-fixture.ts';

const fixtures = new URL('../fixtures/', import.meta.url);
const names = readdirSync(fixtures, { recursive: true, encoding: 'utf8' });
const rulesets = names.filter((name) => /(?:iptables|ip6tables|nft)\S*\.(?:txt|json)$/.test(name));

const OTHERS: readonly string[] = [
  'tcp      6 108 SYN_SENT src=172.29.73.7 dst=172.21.206.198 sport=44410 dport=7777 [UNREPLIED]\n',
  '-A -t 431999 -u SEEN_REPLY,ASSURED -s 10.0.0.1 -d 10.0.0.2 -p tcp --sport 1 --dport 2\n',
  'ESTAB 0 0 10.0.0.1:22 10.0.0.2:50000 users:(("sshd",pid=1,fd=3))\n',
  '#kernel\nTcpExtTCPChallengeACK           140                0.0\n',
  '{"kernel":{"IpInReceives":1}}\n',
  '[  874.407272] ISTIO_OUTBOUND_INVALID: IN= OUT=eth0 SRC=10.0.0.1 DST=10.0.0.2 LEN=40\n',
  'Tcp:\n    140 active connection openings\n',
  '15:23:56.123456 IP 10.0.0.1.1 > 10.0.0.2.2: Flags [S], seq 1, win 2, length 0\n',
];

describe('looksLikeRuleset', () => {
  it('knows every recording of rules', () => {
    expect(rulesets.length).toBeGreaterThan(20);
    for (const name of rulesets) {
      expect(looksLikeRuleset(toBytes(readFixture(name))), name).toBe(true);
    }
  });

  it('knows a ruleset whose first 64 KiB are chains', () => {
    const chains = Array.from({ length: 5000 }, (_, n) => `:KUBE-SVC-${n} - [0:0]`).join('\n');
    expect(looksLikeRuleset(toBytes(`*nat\n${chains}\n-A OUTPUT -j KUBE-SVC-1\nCOMMIT\n`))).toBe(
      true,
    );
  });

  it('takes nothing else for rules', () => {
    for (const text of [...OTHERS, '', '\0\n', '*nat\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n']) {
      expect(looksLikeRuleset(toBytes(text)), text).toBe(false);
    }
    const prose = 'Add the rule:\n\n-A OUTPUT -j DROP\n\nand see what happens.\n';
    expect(looksLikeRuleset(toBytes(prose))).toBe(false);
    expect(looksLikeRuleset(toBytes(readFixture('lab-43301-sysctl.txt')))).toBe(false);
  });
});

describe('looksLikeSysctl', () => {
  it('knows its recordings and takes nothing else for settings', () => {
    expect(looksLikeSysctl(toBytes(readFixture('lab-43301-sysctl.txt')))).toBe(true);
    for (const text of [...OTHERS, '', 'a.b = 1\n', 'image.tag = 1.2\n']) {
      expect(looksLikeSysctl(toBytes(text)), text).toBe(false);
    }
    for (const name of rulesets)
      expect(looksLikeSysctl(toBytes(readFixture(name))), name).toBe(false);
  });
});
