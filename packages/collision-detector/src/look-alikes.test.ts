import type { CapturedFile } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import { detect, file, recording, rewrite, told } from './testing/recordings.ts';

// Synthetic rows, in the form of the recordings.
const ESTABLISHED =
  'tcp      6 86399 ESTABLISHED src=172.29.73.7 dst=172.21.206.198 sport=40000 dport=7777 src=127.0.0.1 dst=172.29.73.7 sport=15001 dport=40000 [ASSURED] mark=0 use=1\n';
const LISTEN =
  'tcp   LISTEN     0 128 127.0.0.1:15001 0.0.0.0:* users:(("envoy",pid=112,fd=3)) ino:356 sk:e <->\n';
const halfClosed = (rest: string, local = '127.0.0.1:15001'): string =>
  `tcp   FIN-WAIT-2 0 0 ${local} 172.29.73.7:44410 ${rest}\n`;
const pod = (sockets: string, entries: string = ESTABLISHED): CapturedFile[] => [
  file('pod/ss.txt', `Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port\n${sockets}`),
  file('pod/conntrack-L.txt', entries),
];
const HELD = 'users:(("envoy",pid=112,fd=4)) uid:1337 ino:392 sk:10 <--';

describe('detectCollisions on what only looks like a leak (synthetic rows)', () => {
  it('finds the one that is none of these', () => {
    expect(told(detect(pod(LISTEN + halfClosed(HELD))))).toEqual(['leak latent 44410 envoy']);
  });

  it.each([
    ['whose entry is still tracked', 'CLOSE_WAIT'],
    ['whose client closes just now', 'LAST_ACK'],
    ['whose entry times out', 'TIME_WAIT'],
  ])('leaves a socket alone %s', (_, state) => {
    const entry = `tcp      6 40 ${state} src=172.29.73.7 dst=172.21.206.198 sport=44410 dport=7777 src=127.0.0.1 dst=172.29.73.7 sport=15001 dport=44410 [ASSURED] mark=0 use=1\n`;
    expect(told(detect(pod(LISTEN + halfClosed(HELD), entry)))).toEqual([]);
  });

  it.each([
    ['the timer of tcp_fin_timeout', 'timer:(timewait,32sec,0) ino:0 sk:10'],
    ['no inode', 'ino:0 sk:10'],
    ['no process where the listener has one', ''],
  ])('leaves a socket alone that its process has closed: %s', (_, rest) => {
    expect(told(detect(pod(LISTEN + halfClosed(rest))))).toEqual([]);
  });

  it('leaves a half-closed socket of an application alone', () => {
    for (const local of ['172.29.73.7:8080', '127.0.0.1:8080', '172.29.73.7:4140']) {
      expect(told(detect(pod(LISTEN + halfClosed(HELD, local))))).toEqual([]);
    }
  });

  it('leaves a connection within loopback alone: nothing redirected it', () => {
    const local = halfClosed(HELD).replace('172.29.73.7', '127.0.0.1');
    expect(told(detect(pod(LISTEN + local)))).toEqual([]);
  });

  it('makes no command of what is no address', () => {
    const rules = file(
      'pod/rules.txt',
      '*nat\n-A OUTPUT -p tcp -j REDIRECT --to-ports 15001\nCOMMIT\n',
    );
    for (const address of ['$(reboot)', '`reboot`', '1;reboot', 'localhost']) {
      const row = halfClosed(HELD).replace('172.29.73.7', address);
      expect(told(detect([...pod(LISTEN + row), rules]))).toEqual([]);
    }
  });

  it('is not certain of a socket whose keep-alive timer runs', () => {
    const { findings } = detect(pod(LISTEN + halfClosed(`timer:(keepalive,4min,0) ${HELD}`)));
    expect(findings.map(({ confidence }) => confidence)).toEqual(['likely']);
  });

  it('is not sure of a port that only custom makes an inbound one', () => {
    const { findings } = detect(pod(halfClosed(HELD, '172.29.73.7:15006')));
    expect(findings.map(({ confidence }) => confidence)).toEqual(['possible']);
  });
});

describe('detectCollisions on what only looks like a collision (synthetic rows)', () => {
  const connecting =
    'tcp   SYN-SENT 0 1 172.29.73.7:44410 172.21.206.198:7777 users:(("app",pid=260,fd=3)) timer:(on,1.7sec,3) ino:1 sk:17\n';

  it('leaves SYNs alone that nobody answers', () => {
    const entry = `tcp      6 119 SYN_SENT src=172.29.73.7 dst=172.21.206.198 sport=44410 dport=7777 [UNREPLIED] src=127.0.0.1 dst=172.29.73.7 sport=15001 dport=44410 mark=0 use=1\n`;
    expect(told(detect(pod(LISTEN + connecting, entry)))).toEqual([]);
  });

  it('leaves a connect alone while the old entry lives: NAT gives it another port', () => {
    const entry = `tcp      6 40 CLOSE_WAIT src=172.29.73.7 dst=172.21.206.198 sport=44410 dport=7777 src=127.0.0.1 dst=172.29.73.7 sport=15001 dport=44410 [ASSURED] mark=0 use=1\n`;
    expect(told(detect(pod(LISTEN + halfClosed(HELD) + connecting, entry)))).toEqual([]);
  });
});

const T0 = Date.UTC(2026, 10, 22, 23, 0, 0) / 1000;

/** One line of `tcpdump -tt -S` for each packet. */
function packets(...lines: readonly (readonly [seconds: number, text: string])[]): CapturedFile[] {
  const text = lines.map(([at, line]) => `${(T0 + at).toFixed(6)} IP ${line}, length 0\n`).join('');
  return [file('tcpdump-lo.txt', text)];
}

const SYN = '172.29.73.7.44410 > 127.0.0.1.15001: Flags [S], seq 1000, win 62720';
const CHALLENGE = '172.21.206.198.7777 > 172.29.73.7.44410: Flags [.], ack 777, win 512';
const RST = '172.29.73.7.44410 > 127.0.0.1.15001: Flags [R], seq 777, win 0';
const SYN_ACK =
  '172.21.206.198.7777 > 172.29.73.7.44410: Flags [S.], seq 5000, ack 1001, win 65483';

describe('detectCollisions on packets that only look like a collision (synthetic text)', () => {
  it('finds the one that is none of these', () => {
    const healed = packets(
      [0, SYN],
      [0.0001, CHALLENGE],
      [0.0002, RST],
      [1, SYN],
      [1.0001, SYN_ACK],
    );
    expect(told(detect(healed))).toEqual(['collision past 44410 -']);
  });

  it('leaves SYNs alone that are sent again without an answer', () => {
    expect(told(detect(packets([0, SYN], [1, SYN], [3, SYN], [7, SYN])))).toEqual([]);
  });

  it('leaves a port alone that is used again and answered with a SYN-ACK', () => {
    const again = packets(
      [0, SYN],
      [0.0001, SYN_ACK],
      [60, SYN.replace('1000', '9000')],
      [60.0001, SYN_ACK.replace('1001', '9001')],
    );
    expect(told(detect(again))).toEqual([]);
  });

  it('leaves keep-alive probes and their answers alone', () => {
    const probe = '172.29.73.7.44410 > 127.0.0.1.15001: Flags [.], ack 5001, win 490';
    const answer = '172.21.206.198.7777 > 172.29.73.7.44410: Flags [.], ack 1001, win 512';
    const alive = packets(
      [0, SYN],
      [0.0001, SYN_ACK],
      [0.0002, probe],
      [75, probe],
      [75.0001, answer],
    );
    expect(told(detect(alive))).toEqual([]);
  });

  it('leaves an ACK alone that acknowledges the SYN', () => {
    const answer = CHALLENGE.replace('777,', '1001,');
    expect(told(detect(packets([0, SYN], [0.0001, answer], [1, SYN])))).toEqual([]);
  });

  it('leaves an ACK alone that was under way when the SYN was sent', () => {
    const crossing = packets([0, SYN], [0.0001, CHALLENGE], [0.0002, SYN_ACK]);
    expect(told(detect(crossing))).toEqual([]);
  });

  it('leaves a scan alone: SYNs that are answered with a RST', () => {
    const scan = [1, 2, 3, 4].flatMap((port): [number, string][] => [
      [port, `172.29.73.7.4441${port} > 127.0.0.1.15001: Flags [S], seq ${port}, win 62720`],
      [
        port + 0.0001,
        `172.21.206.198.7777 > 172.29.73.7.4441${port}: Flags [R.], seq 0, ack ${port + 1}, win 0`,
      ],
    ]);
    expect(told(detect(packets(...scan)))).toEqual([]);
  });
});

describe('detectCollisions on log lines that only look like a collision (synthetic text)', () => {
  const reset = (seconds: number): string =>
    `[${(100 + seconds).toFixed(6)}] INVALID: IN= OUT=eth0 SRC=172.29.73.7 DST=172.21.206.198 LEN=40 TOS=0x00 PREC=0x00 TTL=64 ID=0 DF PROTO=TCP SPT=44410 DPT=7777 WINDOW=0 RES=0x00 RST URGP=0\n`;
  const log = (...at: readonly number[]): CapturedFile[] => [
    file('dmesg.txt', at.map(reset).join('')),
  ];

  it('takes a train of RSTs at the intervals of a SYN for a possible one', () => {
    const { findings } = detect(log(0, 1, 3, 7));
    expect(findings.map(({ confidence, state }) => [confidence, state])).toEqual([
      ['possible', 'past'],
    ]);
  });

  it('leaves single RSTs and bursts alone', () => {
    expect(told(detect(log(0)))).toEqual([]);
    expect(told(detect(log(0, 200, 400)))).toEqual([]);
    expect(told(detect(log(0, 0.001, 0.002, 0.003)))).toEqual([]);
  });
});

describe('detectCollisions on conntrack events that only look like a collision', () => {
  it('leaves an update alone that says no reply was seen (recording, [UNREPLIED] added)', () => {
    const events = recording('recordings/5.19.0/case1').filter(({ path }) =>
      path.includes('conntrack-E'),
    );
    expect(told(detect(events))).toEqual(['collision past 44410 -']);
    const marked = rewrite(events, (text) =>
      text.replace(/(\[UPDATE\] tcp {6}6 120 src=.*?dport=7777) /, '$1 [UNREPLIED] '),
    );
    expect(told(detect(marked))).toEqual([]);
  });
});
