import { describe, expect, it } from 'vitest';
import { detect, file, recording, rewrite, saidOf } from '../testing/recordings.ts';

const PAWS = recording('recordings/server-snat-reuse-paws');
const said = (files: typeof PAWS) => saidOf('paws-drop', files);
const without = (...parts: readonly string[]) =>
  PAWS.filter(({ path }) => !parts.some((part) => path.includes(part)));

describe('findPawsDrops', () => {
  it('tells the two timestamps, and what the server answered', () => {
    const drop = detect(PAWS).findings.find(({ family }) => family === 'paws-drop');
    // tshark -r eth0.pcap -T fields -e tcp.options.timestamp.tsval: packets 5 and 7.
    expect(drop?.story.join(' ')).toContain('1435663983');
    expect(drop?.story.join(' ')).toContain('3839019777');
    expect(drop?.evidence.map(({ packet }) => packet)).toEqual([5, 7, 8, null]);
  });

  it('is less sure without the counter, and says nothing of the counter alone', () => {
    expect(said(without('nstat'))).toEqual(['past likely']);
    expect(said(without('.pcap'))).toEqual([]);
  });

  it('leaves a lower number alone, which would be refused without timestamps too', () => {
    expect(said(recording('recordings/server-snat-reuse'))).toEqual([]);
  });
});

/** Snapshots with `nstat -zas` as a kernel before 4.12 prints it. */
const counted = (...values: readonly number[]) =>
  values.map((value, i) =>
    file(
      `node/${i + 1}-look/nstat-zas.txt`,
      `#kernel\nTcpInSegs                       9000               0.0\nTcpExtPAWSPassive               ${value}                  0.0\nTcpExtPAWSEstab                 ${value * 3}                 0.0\n`,
    ),
  );
const RECYCLE = file(
  'node/sysctl.txt',
  'net.ipv4.tcp_tw_recycle = 1\nnet.ipv4.tcp_timestamps = 1\n',
);

describe('findPawsDrops with tcp_tw_recycle (synthetic counters, in the form of old kernels)', () => {
  it.each([
    ['a counter that rises', counted(5, 9), ['active likely']],
    ['a counter that rises, and the setting', [...counted(5, 9), RECYCLE], ['active certain']],
    ['a counter that has stopped', counted(5, 9, 9), ['past likely']],
    ['a single look', counted(9), ['past possible']],
    ['a counter at 0', counted(0, 0), []],
    ['the setting alone', [RECYCLE], ['latent likely']],
  ])('tells of %s', (_, files, expected) => {
    expect(said(files)).toEqual(expected);
  });

  it('reads what netstat -s calls it', () => {
    const text = (times: number) =>
      `TcpExt:\n    ${times} passive connections rejected because of time stamp\n    3 packets rejected in established connections because of timestamp\n`;
    const files = [5, 9].map((times, i) => file(`node/${i + 1}-look/netstat-s.txt`, text(times)));
    expect(said(files)).toEqual(['active likely']);
  });

  it('finds the SYN that had no answer, of clients that share an address', () => {
    const line = (at: number, text: string) =>
      `${1_795_000_000 + at}.000000 IP ${text}, length 0\n`;
    const syn = (port: number, stamp: number) =>
      `192.0.2.1.${port} > 203.0.113.9.80: Flags [S], seq ${port}, win 64240, options [mss 1460,sackOK,TS val ${stamp} ecr 0,nop,wscale 7]`;
    const synAck = (port: number) =>
      `203.0.113.9.80 > 192.0.2.1.${port}: Flags [S.], seq 900, ack ${port + 1}, win 64240, options [mss 1460,sackOK,TS val 1 ecr 9,nop,wscale 7]`;
    const capture = (stamp: number) => [
      RECYCLE,
      file(
        'node/tcpdump.txt',
        line(0, syn(1001, 500_000)) +
          line(0, synAck(1001)) +
          line(2, syn(2002, stamp)) +
          line(3, syn(2002, stamp + 1000)),
      ),
    ];
    const [drop] = detect(capture(400_000)).findings;
    expect([drop?.family, drop?.ports]).toEqual(['paws-drop', [2002]]);
    expect(drop?.story.join(' ')).toContain('had no answer');
    // A SYN that is lost and not late is no matter of this; the setting remains.
    expect(detect(capture(600_000)).findings[0]?.ports).toEqual([]);
  });
});

describe('findPawsDrops on what only looks like it', () => {
  it('says nothing of PAWSEstab, which counts late copies of segments too', () => {
    const rising = rewrite(counted(5, 9), (text) => text.replace(/.*PAWSPassive.*\n/, ''));
    expect(said(rising)).toEqual([]);
  });
});
