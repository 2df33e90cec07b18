import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostOf, segmentOf } from '../testing/socket-host.ts';
import { createSocket, type SocketInput } from './create-socket.ts';
import type { SocketSegment } from './reaction.ts';
import { receiveSegment } from './receive.ts';
import type { SocketState, TcpSocket } from './tcp-socket.ts';

const SYN_SENT_NEXT = 501;

/** A socket at 10.0.0.2:80 that expects 1000 and sends 5000 next. */
function socketIn(state: SocketState, rest: Partial<SocketInput> = {}): TcpSocket {
  const isConnecting = state === 'SYN-SENT';
  return createSocket({
    state,
    local: { address: '10.0.0.2', port: 80 },
    ...(state === 'LISTEN' ? {} : { peer: { address: '10.0.0.1', port: 1024 } }),
    sndUna: isConnecting ? SYN_SENT_NEXT - 1 : 5000,
    sndNxt: isConnecting ? SYN_SENT_NEXT : state === 'LISTEN' ? 0 : 5000,
    rcvNxt: isConnecting ? 0 : 1000,
    rcvIsn: 999,
    ...rest,
  });
}

const SYN = segmentOf('S', 70_000_000);
const DATA = segmentOf('PA', 1000, 5000, { len: 10 });
const FIN = segmentOf('FA', 1000, 5000);
const EXACT = segmentOf('R', 1000);
const INEXACT = segmentOf('R', 1001);
const FAR = segmentOf('R', 70_000_000);
const ODD = segmentOf('A', 70_000_000, 5000);

type Row = readonly [SocketState, SocketSegment, does: string, state: SocketState | null];

/** What each state does with each segment: RFC 9293 section 3.10.7 and RFC 5961, as Linux has them. */
const ROWS: readonly Row[] = [
  ['LISTEN', SYN, 'syn-ack', 'LISTEN'],
  ['LISTEN', DATA, 'rst', 'LISTEN'],
  ['LISTEN', EXACT, 'ignores', 'LISTEN'],
  ['LISTEN', segmentOf('SF', 1), 'ignores', 'LISTEN'],
  ['SYN-SENT', segmentOf('SA', 9, SYN_SENT_NEXT), 'ack', 'ESTABLISHED'],
  ['SYN-SENT', segmentOf('S', 9), 'syn-ack', 'SYN-RECV'],
  ['SYN-SENT', segmentOf('A', 9, 77), 'rst', 'SYN-SENT'],
  ['SYN-SENT', segmentOf('SA', 9, 500), 'rst', 'SYN-SENT'],
  ['SYN-SENT', segmentOf('SA', 9, 502), 'rst', 'SYN-SENT'],
  ['SYN-SENT', segmentOf('RA', 0, SYN_SENT_NEXT), 'reset', null],
  ['SYN-SENT', segmentOf('RA', 0, 77), 'ignores', 'SYN-SENT'],
  ['SYN-SENT', segmentOf('R', 0), 'ignores', 'SYN-SENT'],
  ['SYN-SENT', segmentOf('A', 9, SYN_SENT_NEXT), 'ignores', 'SYN-SENT'],
  ['SYN-RECV', segmentOf('S', 999), 'syn-ack', 'SYN-RECV'],
  ['SYN-RECV', segmentOf('A', 1000, 5000), 'accepts', 'ESTABLISHED'],
  ['SYN-RECV', segmentOf('A', 1000, 4999), 'rst', 'SYN-RECV'],
  ['SYN-RECV', segmentOf('S', 70_000_000), 'challenge-ack', 'SYN-RECV'],
  ['SYN-RECV', segmentOf('S', 2000), 'rst', null],
  ['SYN-RECV', EXACT, 'reset', null],
  ['SYN-RECV', FAR, 'ignores', 'SYN-RECV'],
  ['SYN-RECV', segmentOf('-', 1000), 'ignores', 'SYN-RECV'],
  ['ESTABLISHED', SYN, 'challenge-ack', 'ESTABLISHED'],
  ['ESTABLISHED', DATA, 'delivers', 'ESTABLISHED'],
  ['ESTABLISHED', segmentOf('PA', 1010, 5000, { len: 10 }), 'ack', 'ESTABLISHED'],
  ['ESTABLISHED', segmentOf('PA', 990, 5000, { len: 10 }), 'ack', 'ESTABLISHED'],
  ['ESTABLISHED', FIN, 'ack', 'CLOSE-WAIT'],
  ['ESTABLISHED', EXACT, 'reset', null],
  ['ESTABLISHED', INEXACT, 'challenge-ack', 'ESTABLISHED'],
  ['ESTABLISHED', FAR, 'ignores', 'ESTABLISHED'],
  ['ESTABLISHED', ODD, 'challenge-ack', 'ESTABLISHED'],
  ['ESTABLISHED', segmentOf('A', 1000, 5001), 'ignores', 'ESTABLISHED'],
  ['ESTABLISHED', segmentOf('-', 1000), 'ignores', 'ESTABLISHED'],
  ['FIN-WAIT-1', SYN, 'challenge-ack', 'FIN-WAIT-1'],
  ['FIN-WAIT-1', segmentOf('A', 1000, 5000), 'accepts', 'FIN-WAIT-2'],
  ['FIN-WAIT-1', segmentOf('FA', 1000, 4999), 'ack', 'CLOSING'],
  ['FIN-WAIT-1', FIN, 'ack', 'TIME-WAIT'],
  ['FIN-WAIT-1', segmentOf('A', 1000, 5001), 'challenge-ack', 'FIN-WAIT-1'],
  ['FIN-WAIT-2', SYN, 'challenge-ack', 'FIN-WAIT-2'],
  ['FIN-WAIT-2', DATA, 'delivers', 'FIN-WAIT-2'],
  ['FIN-WAIT-2', FIN, 'ack', 'TIME-WAIT'],
  ['FIN-WAIT-2', EXACT, 'reset', null],
  ['FIN-WAIT-2', INEXACT, 'challenge-ack', 'FIN-WAIT-2'],
  ['FIN-WAIT-2', FAR, 'ignores', 'FIN-WAIT-2'],
  ['FIN-WAIT-2', ODD, 'challenge-ack', 'FIN-WAIT-2'],
  ['CLOSE-WAIT', SYN, 'challenge-ack', 'CLOSE-WAIT'],
  ['CLOSE-WAIT', DATA, 'ignores', 'CLOSE-WAIT'],
  ['CLOSE-WAIT', segmentOf('R', 999), 'reset', null],
  ['CLOSING', segmentOf('A', 1000, 5000), 'accepts', 'TIME-WAIT'],
  ['LAST-ACK', SYN, 'challenge-ack', 'LAST-ACK'],
  ['LAST-ACK', segmentOf('A', 1000, 5000), 'accepts', null],
  ['LAST-ACK', segmentOf('R', 999), 'reset', null],
  ['TIME-WAIT', segmentOf('S', 1001), 'accepts', null],
  ['TIME-WAIT', segmentOf('S', 1000), 'challenge-ack', 'TIME-WAIT'],
  ['TIME-WAIT', EXACT, 'reset', null],
  ['TIME-WAIT', FAR, 'ignores', 'TIME-WAIT'],
  ['TIME-WAIT', segmentOf('A', 1000, 5000), 'ignores', 'TIME-WAIT'],
  ['TIME-WAIT', DATA, 'challenge-ack', 'TIME-WAIT'],
  ['CLOSED', DATA, 'rst', null],
  ['CLOSED', FAR, 'ignores', null],
];

describe('a socket', () => {
  it.each(ROWS)('in %s, met by %o, %s', (state, segment, does, after) => {
    const reaction = receiveSegment(hostOf('6.12'), socketIn(state), segment);
    expect([reaction.does, reaction.socket?.state ?? null]).toEqual([does, after]);
    expect(reaction.why).toMatch(/^[A-Z].*\.$/);
  });

  it('challenges every SYN of a synchronized connection, and stays as it was', () => {
    const states = fc.constantFrom<SocketState>(
      'ESTABLISHED',
      'FIN-WAIT-2',
      'CLOSE-WAIT',
      'LAST-ACK',
    );
    const number = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(states, number, (state, seq) => {
        const socket = socketIn(state);
        const {
          does,
          sends,
          socket: after,
          counters,
        } = receiveSegment(hostOf('6.12'), socket, segmentOf('S', seq));
        expect(does).toBe('challenge-ack');
        expect(sends).toHaveLength(1);
        expect(sends[0]).toMatchObject({ flags: 'A', seq: 5000, ack: 1000 });
        expect(after).toEqual({ ...socket, lastAnswer: 0, nextIpId: 2 });
        expect(counters).toEqual(['TcpExtTCPSYNChallenge', 'TcpExtTCPChallengeACK']);
      }),
    );
  });

  it('answers a challenge ACK in SYN-SENT with a bare RST of the number that it names', () => {
    const ack = segmentOf('A', 9, 1382665639);
    for (const [profile, resendAt] of [
      ['5.19.0', 3.008],
      ['5.4.286', undefined],
      ['sles-15-sp4', undefined],
    ] as const) {
      const reaction = receiveSegment(hostOf(profile, 3), socketIn('SYN-SENT'), ack);
      expect(reaction.resendAt).toBe(resendAt);
      expect(reaction.sends).toEqual([
        {
          src: '10.0.0.2',
          sport: 80,
          dst: '10.0.0.1',
          dport: 1024,
          flags: 'R',
          seq: 1382665639,
          win: 0,
          len: 0,
          ipId: 0,
        },
      ]);
    }
    const later = receiveSegment(
      hostOf('5.19.0', 3),
      socketIn('SYN-SENT', { retransmits: 1 }),
      ack,
    );
    expect(later.resendAt).toBeUndefined();
  });

  it('acknowledges from number 0 where a segment without ACK finds nobody', () => {
    const { sends } = receiveSegment(hostOf('6.12'), null, segmentOf('S', 41));
    expect(sends[0]).toMatchObject({ flags: 'RA', seq: 0, ack: 42 });
  });

  it('refuses data once its process has closed it', () => {
    const orphan = socketIn('FIN-WAIT-2', { orphan: true });
    const reaction = receiveSegment(hostOf('6.12'), orphan, DATA);
    expect([reaction.does, reaction.socket]).toEqual(['rst', null]);
    expect(reaction.counters).toContain('TcpExtTCPAbortOnData');
  });
});

describe('a time-wait mini socket in FIN-WAIT-2', () => {
  const mini = socketIn('FIN-WAIT-2', { mini: true });

  it.each([
    [segmentOf('S', 1000), 'rst', null],
    [segmentOf('S', 2000), 'rst', null],
    [segmentOf('S', 70_000_000), 'challenge-ack', 'FIN-WAIT-2'],
    [segmentOf('R', 2000), 'reset', null],
    [FAR, 'ignores', 'FIN-WAIT-2'],
    [FIN, 'ack', 'TIME-WAIT'],
    [DATA, 'rst', null],
    [segmentOf('A', 1000, 5000), 'ignores', 'FIN-WAIT-2'],
  ] as const)('met by %o, %s', (segment, does, state) => {
    const reaction = receiveSegment(hostOf('6.12'), mini, segment);
    expect([reaction.does, reaction.socket?.state ?? null]).toEqual([does, state]);
    // It challenges nobody in the sense of RFC 5961: no counter of challenges rises.
    expect(reaction.counters).not.toContain('TcpExtTCPChallengeACK');
  });

  it('refuses a SYN with a RST that acknowledges it, so that connect() fails at once', () => {
    const { sends } = receiveSegment(hostOf('6.12'), mini, segmentOf('S', 2000));
    expect(sends[0]).toMatchObject({ flags: 'RA', seq: 0, ack: 2001 });
  });
});

describe('TIME-WAIT', () => {
  it('makes room for a newer SYN, and tells the listener where to begin', () => {
    const { listenerIsn } = receiveSegment(
      hostOf('6.12'),
      socketIn('TIME-WAIT'),
      segmentOf('S', 1001),
    );
    expect(listenerIsn).toBe(5000 + 65_537);
  });

  it('makes room for an older number with a newer timestamp', () => {
    const timestamps = { offset: 0, recent: 100, recentAt: 0 };
    const socket = socketIn('TIME-WAIT', { timestamps });
    const syn = segmentOf('S', 5, undefined, { options: { ts: [101, 0] } });
    expect(receiveSegment(hostOf('6.12'), socket, syn).listenerIsn).toBe(70_537);
  });

  it('survives a RST with tcp_rfc1337', () => {
    const host = hostOf('6.12', 0, { tcp_rfc1337: 1 });
    expect(receiveSegment(host, socketIn('TIME-WAIT'), EXACT).does).toBe('ignores');
  });
});
