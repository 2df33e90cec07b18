import { describe, expect, it } from 'vitest';
import { detect, file, recording, rewrite, saidOf } from '../testing/recordings.ts';

const REUSE = recording('recordings/gateway-snat-reuse');
const STUCK = recording('recordings/gateway-snat-reuse-stuck');
const only = (files: typeof REUSE, ...parts: readonly string[]) =>
  files.filter(({ path }) => parts.some((part) => path.includes(part)));
const said = (files: typeof REUSE) => saidOf('snat-port-reuse', files);

describe('findSnatPortReuses', () => {
  it('tells both clients, the port that they shared, and how long the connect took', () => {
    const [reuse] = detect(REUSE).findings;
    expect(reuse?.tuples).toEqual([
      { src: '10.2.0.2', sport: 43001, dst: '203.0.113.9', dport: 80 },
    ]);
    expect(reuse?.summary).toBe(
      "A connect from 10.2.0.2:43001 to 203.0.113.9:80 got the gateway's port 61000, which the server still remembered from an earlier connection, and got through 11 ms later.",
    );
    const story = reuse?.story.join(' ');
    expect(story).toContain('The connection of 10.1.0.2:42001');
    expect(story).toContain('over for 7.6 s');
    expect(story).toContain('forgets a closed connection after 3 s');
    const places = reuse?.evidence.map(({ file: name }) => name.split('/').at(-1));
    expect(new Set(places)).toEqual(
      new Set(['b.pcap', 'eth0.pcap', 'conntrack-E.txt', 'iptables-save.txt', 'sysctl.txt']),
    );
  });

  it('tells a connect that did not get through', () => {
    const [reuse] = detect(STUCK).findings;
    expect(reuse?.summary).toMatch(/and did not get through\.$/);
    expect(reuse?.story.join(' ')).toContain('It answered 5 times');
  });

  it('is active while the last listing has the connect in SYN_SENT (row of the events)', () => {
    const entry =
      'tcp 6 119 SYN_SENT src=10.2.0.2 dst=203.0.113.9 sport=43001 dport=80 src=203.0.113.9 dst=203.0.113.1 sport=80 dport=61000 mark=0 use=1\n';
    const name = 'recordings/gateway-snat-reuse-stuck/2-after/conntrack-L.txt';
    const now = STUCK.filter(({ path }) => path !== name);
    expect(said([...now, file(name, entry)])).toEqual(['active certain']);
  });

  it('finds the same in the events alone, less surely', () => {
    expect(said(only(REUSE, 'conntrack-E'))).toEqual(['past likely']);
    expect(said(only(STUCK, 'conntrack-E'))).toEqual(['past likely']);
  });

  it('is surer of the outside where entries show that the address is a gateway’s', () => {
    expect(said(only(REUSE, 'eth0.pcap'))).toEqual(['past possible']);
    const entry =
      'tcp 6 9 ESTABLISHED src=10.9.0.2 dst=198.51.100.9 sport=1025 dport=443 src=198.51.100.9 dst=203.0.113.1 sport=443 dport=1025 [ASSURED] use=1\n';
    expect(
      said([
        ...only(REUSE, 'eth0.pcap'),
        file('recordings/gateway-snat-reuse/2-after/conntrack-L.txt', entry),
      ]),
    ).toEqual(['past likely']);
  });

  it('leaves a port alone that comes again later than the server remembers', () => {
    const later = rewrite(only(REUSE, 'conntrack-E'), (text) =>
      text.replaceAll(/\[1795825260\./g, '[1795825320.'),
    );
    expect(said(later)).toEqual([]);
  });

  it('leaves a port alone whose next connection the server takes', () => {
    expect(said(recording('recordings/gateway-snat-reuse-accepted'))).toEqual([]);
  });
});

const T0 = Date.UTC(2026, 10, 22, 23, 0, 0) / 1000;

/** One line of `tcpdump -tt -S` for each packet. */
const packets = (...lines: readonly (readonly [number, string])[]) => [
  file(
    'tcpdump-eth0.txt',
    lines.map(([at, line]) => `${(T0 + at).toFixed(6)} IP ${line}, length 0\n`).join(''),
  ),
];
const out = (flags: string) => `203.0.113.1.61000 > 203.0.113.9.80: Flags ${flags}, win 64240`;
const back = (flags: string) => `203.0.113.9.80 > 203.0.113.1.61000: Flags ${flags}, win 64240`;
const CLOSED = [
  [0, out('[S], seq 2000')],
  [0.001, back('[S.], seq 7000, ack 2001')],
  [0.002, out('[.], ack 7001')],
  [1, back('[F.], seq 7001, ack 2001')],
  [1.001, out('[F.], seq 2001, ack 7002')],
  [1.002, back('[.], ack 2002')],
] as const;

describe('findSnatPortReuses on packets that only look like a reuse (synthetic text)', () => {
  it('finds the one that is none of these', () => {
    const reuse = packets(...CLOSED, [9, out('[S], seq 1000')], [9.001, back('[.], ack 2002')]);
    expect(said(reuse)).toEqual(['past possible']);
  });

  it.each([
    [
      'a SYN that is sent again',
      [
        [9, out('[S], seq 1000')],
        [10, out('[S], seq 1000')],
      ],
    ],
    [
      'an ACK that was under way when the SYN was sent',
      [
        [9, out('[S], seq 1000')],
        [9.001, back('[.], ack 2002')],
        [9.002, back('[S.], seq 9000, ack 1001')],
      ],
    ],
    [
      'a SYN-ACK: the port was taken again in TIME-WAIT',
      [
        [9, out('[S], seq 3000')],
        [9.001, back('[S.], seq 9000, ack 3001')],
        [9.002, out('[.], ack 9001')],
      ],
    ],
    [
      'a refusal',
      [
        [9, out('[S], seq 1000')],
        [9.001, back('[R.], seq 0, ack 1001')],
      ],
    ],
    [
      'an answer when the server has long forgotten',
      [
        [75, out('[S], seq 1000')],
        [75.001, back('[.], ack 2002')],
      ],
    ],
  ] as const)('leaves %s alone', (_, lines) => {
    expect(said(packets(...CLOSED, ...lines))).toEqual([]);
  });
});
