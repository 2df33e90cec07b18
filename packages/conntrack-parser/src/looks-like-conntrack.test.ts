import { toBytes } from '@tuplescope/scan';
import { describe, expect, it } from 'vitest';
import { looksLikeConntrack } from './looks-like-conntrack.ts';
import { looksLikeConntrackStatistics } from './looks-like-conntrack-statistics.ts';
import { readFixture } from './testing/read-fixture.ts';

describe('looksLikeConntrack', () => {
  it.each([
    '1-app-close-wait/conntrack-L.txt',
    '4-during-syn-retry/conntrack-L-o-save.txt',
    '4-during-syn-retry/conntrack-L-o-xml.txt',
    '6-second-dst/proc-net-nf-conntrack.txt',
    'conntrack-E-o-timestamp-id.txt',
    'conntrack-L-with-trailer.txt',
    'pasted-explained.txt',
    'pasted-transcript.txt',
  ])('knows %s', (name) => {
    expect(looksLikeConntrack(toBytes(readFixture(name)))).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['its statistics', readFixture('4-during-syn-retry/conntrack-S.txt')],
    ['its count', readFixture('4-during-syn-retry/conntrack-C.txt')],
    ['the trailer alone', 'conntrack v1.4.7 (conntrack-tools): 0 flow entries have been shown.\n'],
    ['a rule', '-A OUTPUT -s 10.0.0.1 -d 10.0.0.2 -p tcp --sport 1 --dport 2 -j DROP\n'],
    ['a log line', 'IN= OUT=eth0 SRC=10.0.0.1 DST=10.0.0.2 PROTO=TCP SPT=1 DPT=2\n'],
    ['a socket', 'tcp   ESTAB 0 0 10.0.0.1:44410 10.0.0.2:7777 users:(("nc",pid=1,fd=3))\n'],
    ['a packet', '16:47:16.343525 IP 10.0.0.1.44410 > 10.0.0.2.7777: Flags [S], seq 1, length 0\n'],
    [
      'prose around an entry',
      `it says\nand then\n${readFixture('pasted-transcript.txt')}\nwhich is odd\n`,
    ],
  ])('does not take %s for a listing', (_, text) => {
    expect(looksLikeConntrack(toBytes(text))).toBe(false);
  });

  it('judges a long input by its whole lines', () => {
    const line = readFixture('1-app-close-wait/conntrack-L.txt').split('\n')[0] ?? '';
    expect(looksLikeConntrack(toBytes(`${line}\n`.repeat(1000)))).toBe(true);
  });
});

describe('looksLikeConntrackStatistics', () => {
  it('knows -S and /proc, and leaves a lone number alone', () => {
    const stage = '4-during-syn-retry';
    const looks = (name: string) =>
      looksLikeConntrackStatistics(toBytes(readFixture(`${stage}/${name}.txt`)));
    expect(looks('conntrack-S')).toBe(true);
    expect(looks('proc-net-stat-nf-conntrack')).toBe(true);
    expect(looks('conntrack-C')).toBe(false);
    expect(looks('conntrack-L')).toBe(false);
  });

  it('knows other tables of /proc/net/stat from it', () => {
    const arp = 'entries  allocs   destroys\n0000000a  0000000b 0000000c\n';
    expect(looksLikeConntrackStatistics(toBytes(arp))).toBe(false);
  });
});
