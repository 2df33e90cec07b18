import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostOf, segmentOf } from '../testing/socket-host.ts';
import { createChallengeBudget, spendChallenge } from './challenge-budget.ts';
import { createSocket } from './create-socket.ts';
import { receiveSegment } from './receive.ts';

const socket = createSocket({
  state: 'FIN-WAIT-2',
  local: { address: '10.0.0.2', port: 80 },
  peer: { address: '10.0.0.1', port: 1024 },
  sndNxt: 5000,
  rcvNxt: 1000,
  timestamps: { offset: 0, recent: 1000, recentAt: 0 },
});
const SYN = segmentOf('S', 1);

describe('the limit of one socket', () => {
  it('suppresses a second challenge within tcp_invalid_ratelimit, and counts it', () => {
    const first = receiveSegment(hostOf('6.12', 10), socket, SYN);
    const soon = receiveSegment(hostOf('6.12', 10.499), first.socket, SYN);
    expect([soon.does, soon.sends]).toEqual(['suppressed', []]);
    expect(soon.counters).toEqual(['TcpExtTCPSYNChallenge', 'TcpExtTCPACKSkippedChallenge']);
    expect(soon.socket).toEqual(first.socket);
    expect(receiveSegment(hostOf('6.12', 10.5), soon.socket, SYN).does).toBe('challenge-ack');
  });

  it('is shared by duplicate ACKs and challenge ACKs', () => {
    const odd = segmentOf('A', 70_000_000, 5000);
    const first = receiveSegment(hostOf('6.12', 10), socket, SYN);
    const second = receiveSegment(hostOf('6.12', 10.1), first.socket, odd);
    expect(second.counters).toEqual(['TcpExtTCPACKSkippedSeq']);
  });

  it('is off where the sysctl is 0', () => {
    const host = (at: number) => hostOf('6.12', at, { tcp_invalid_ratelimit: 0 });
    const first = receiveSegment(host(10), socket, SYN);
    expect(receiveSegment(host(10), first.socket, SYN).does).toBe('challenge-ack');
  });

  it('does not hold back answers to data', () => {
    const data = segmentOf('PA', 70_000_000, 5000, { len: 5 });
    const first = receiveSegment(hostOf('6.12', 10), socket, SYN);
    expect(receiveSegment(hostOf('6.12', 10.1), first.socket, data).does).toBe('challenge-ack');
  });
});

describe('the limit of the host', () => {
  it('draws from 500 to 1499 each second where tcp_challenge_ack_limit is 1000', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        let budget = createChallengeBudget(seed);
        let allowed = 0;
        for (let i = 0; i < 2000; i++) {
          const spent = spendChallenge(budget, 1000, 7.5);
          budget = spent.budget;
          if (spent.allowed) allowed++;
        }
        expect(allowed).toBeGreaterThanOrEqual(500);
        expect(allowed).toBeLessThanOrEqual(1499);
        expect(spendChallenge(budget, 1000, 8).allowed).toBe(true);
      }),
    );
  });

  it('suppresses what is beyond it, on kernels that have one', () => {
    const spent = { second: 10, left: 0, seed: 1 };
    const old = receiveSegment({ ...hostOf('5.19.0', 10), budget: spent }, socket, SYN);
    expect([old.does, old.counters]).toEqual(['suppressed', ['TcpExtTCPSYNChallenge']]);
    const young = receiveSegment({ ...hostOf('6.0', 10), budget: spent }, socket, SYN);
    expect(young.does).toBe('challenge-ack');
  });
});

describe('PAWS', () => {
  const old = segmentOf('S', 1, undefined, { options: { ts: [998, 0] } });

  it('lets a SYN with an old timestamp be challenged from 6.6 on, and answered silently before', () => {
    expect(receiveSegment(hostOf('6.6'), socket, old).counters).toEqual([
      'TcpExtTCPSYNChallenge',
      'TcpExtTCPChallengeACK',
    ]);
    const before = receiveSegment(hostOf('6.2'), socket, old);
    expect([before.does, before.counters]).toEqual(['challenge-ack', ['TcpExtPAWSEstab']]);
    expect(before.sends[0]).toMatchObject({ flags: 'A', seq: 5000, ack: 1000 });
    const again = receiveSegment(hostOf('6.2', 0.1), before.socket, old);
    expect(again.counters).toEqual(['TcpExtPAWSEstab', 'TcpExtTCPACKSkippedPAWS']);
  });

  it('forgives one tick, RSTs, an unknown value and one older than 24 days', () => {
    const day = 86_400;
    const does = (ts: number, at = 0, seq = 1000, flags = 'A') => {
      const options = { ts: [ts, 0] as const };
      const ack = flags === 'A' ? 5000 : undefined;
      return receiveSegment(hostOf('6.12', at), socket, segmentOf(flags, seq, ack, { options }))
        .does;
    };
    expect(does(999)).toBe('accepts');
    expect(does(998)).toBe('challenge-ack');
    expect(does(998, 24 * day - 1)).toBe('challenge-ack');
    expect(does(998, 24 * day)).toBe('accepts');
    expect(does(998, 0, 1000, 'R')).toBe('reset');
    const fresh = { ...socket, timestamps: { offset: 0, recent: 0, recentAt: 0 } };
    const none = segmentOf('A', 1000, 5000, { options: { ts: [998, 0] } });
    expect(receiveSegment(hostOf('6.12'), fresh, none).does).toBe('accepts');
  });
});
