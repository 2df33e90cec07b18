import { describe, expect, it } from 'vitest';
import { parseSs } from './parse-ss.ts';
import type { SsSocket } from './ss-socket.ts';
import { readFixture } from './testing/read-fixture.ts';

/** One socket of the dump that `ss` printed, as the program that made it up wrote it down. */
interface Truth {
  readonly fam: number;
  readonly state: number;
  readonly timer: number;
  readonly retrans: number;
  readonly expires: number;
  readonly sport: number;
  readonly dport: number;
  readonly src: string;
  readonly dst: string;
  readonly rq: number;
  readonly wq: number;
  readonly uid: number;
  readonly ino: number;
  readonly cookie: string;
  readonly skmem: readonly number[];
}

const truths = readFixture('replay/truth.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Truth);

const PLAIN = ['pipe-ss-Htan', 'pipe-ss-tan', 'pipe-ss-tanO', 'pty60-ss-tan', 'pty100-ss-tan'];
const WITH_OWNER = ['pipe-ss-tanoe', 'pty60-ss-tanoe', 'pty100-ss-tanoe'];
const WITH_TCP = [
  ...['pipe-ss-tinaoem', 'pty60-ss-tinaoem', 'pty100-ss-tinaoem'],
  ...['pipe-ss-tinaoemO', 'pipe-ss-HtinaoemO'],
];

/** include/net/tcp_states.h, by number, as `ss` spells them. */
const STATES = [
  ...['', 'ESTAB', 'SYN-SENT', 'SYN-RECV', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'UNCONN'],
  ...['CLOSE-WAIT', 'LAST-ACK', 'LISTEN', 'CLOSING'],
];
const TIMERS = ['off', 'on', 'keepalive', 'timewait', 'persist', 'unknown'];
const MEMORY = ['r', 'rb', 't', 'tb', 'f', 'w', 'o', 'bl', 'd'];

describe.each([...PLAIN, ...WITH_OWNER, ...WITH_TCP])('%s', (layout) => {
  const table = parseSs(readFixture(`replay/${layout}.txt`));
  const sockets = [...table];

  it('has every socket of the dump and nothing to say', () => {
    expect(sockets).toHaveLength(truths.length);
    expect(table.diagnostics).toEqual([]);
    expect(sockets.flatMap(({ extra }) => extra ?? [])).toEqual([]);
  });

  it('agrees with the dump on states, queues and ends', () => {
    expect(sockets.map(common)).toEqual(
      truths.map(({ state, rq, wq, src, sport, dst, dport }) => ({
        netid: null,
        state: STATES[state],
        recvq: rq,
        sendq: wq,
        local: { address: src, port: sport, interface: null },
        peer: { address: dst, port: dport, interface: null },
      })),
    );
  });
});

describe.each([...WITH_OWNER, ...WITH_TCP])('%s', (layout) => {
  it('agrees with the dump on owner, inode, cookie and timer', () => {
    for (const [i, socket] of [...parseSs(readFixture(`replay/${layout}.txt`))].entries()) {
      const truth = truths[i] as Truth;
      expect(socket).toMatchObject({ uid: truth.uid, inode: truth.ino, cookie: truth.cookie });
      expect(['<->', '-->', '<--', '---']).toContain(socket.shutdown);
      expect(socket.v6only === undefined).toBe(truth.fam === 2);
      expectTimer(socket, truth);
    }
  });
});

describe.each(WITH_TCP)('%s', (layout) => {
  it('agrees with the dump on memory, and decodes TCP', () => {
    for (const [i, { skmem, tcp }] of [...parseSs(readFixture(`replay/${layout}.txt`))].entries()) {
      const truth = truths[i] as Truth;
      expect(MEMORY.map((letter) => skmem?.[letter as 'r'])).toEqual(truth.skmem);
      expect(tcp?.congestion).toBe('cubic');
      expect(tcp?.rtt).toBeGreaterThan(0);
      expect(tcp?.pacing_rate_max).toBeDefined();
    }
  });
});

it('reads the same sockets from every layout with the same columns', () => {
  const read = (layout: string): unknown[] =>
    [...parseSs(readFixture(`replay/${layout}.txt`))].map(({ source: _, ...socket }) => socket);
  const full = read('pipe-ss-tinaoem');
  expect(read('pty60-ss-tinaoem')).toEqual(full);
  expect(read('pipe-ss-HtinaoemO')).toEqual(full);
  expect(read('pty100-ss-tanoe')).toEqual(read('pipe-ss-tanoe'));
});

function common({ netid, state, recvq, sendq, local, peer }: SsSocket): unknown {
  return { netid, state, recvq, sendq, local, peer };
}

/** `ss` prints milliseconds below 10 s, then seconds, then minutes: never more than the truth. */
function expectTimer({ timer }: SsSocket, { timer: number, retrans, expires }: Truth): void {
  if (number === 0) {
    expect(timer).toBeNull();
    return;
  }
  expect(timer).toMatchObject({ name: TIMERS[number], retransmits: retrans });
  const seconds = timer?.seconds ?? Number.NaN;
  const unit = expires < 10_000 ? 0.001 : expires < 600_000 ? 1 : 60;
  expect(seconds).toBeLessThanOrEqual(expires / 1000);
  expect(seconds).toBeGreaterThan(expires / 1000 - unit);
}
