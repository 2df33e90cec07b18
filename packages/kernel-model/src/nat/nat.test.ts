import { describe, expect, it } from 'vitest';
import { createTracker } from '../create-tracker.ts';
import type { Packet } from '../packet.ts';
import { TrackerError } from '../tracker-error.ts';
import type { NatRule } from './nat-rule.ts';

const ISTIO: readonly NatRule[] = [
  {
    hook: 'output',
    except: [{ owner: 1337 }, { dst: '127.0.0.1/32' }],
    action: { kind: 'redirect', port: 15_001 },
  },
];

const APP = { src: '172.29.73.7', sport: 44_410, dst: '172.21.206.198', dport: 7777 };

function syn(change: Partial<Packet> = {}): Packet {
  return { at: 0, ...APP, flags: 'S', seq: 1, win: 64_240, hook: 'output', ...change };
}

describe('redirect at output', () => {
  it('sends a new connection to loopback, and the answers back as they were asked for', () => {
    const tracker = createTracker({ profile: '6.12.43', nat: ISTIO });
    const first = tracker.track(syn());
    expect(first.nat).toEqual({
      kind: 'dnat',
      both: false,
      tuple: { ...APP, dst: '127.0.0.1', dport: 15_001 },
    });
    // CONFIRMED, DST_NAT, and both hooks have decided.
    expect(first.after?.status).toBe(0x1a8);
    const answer = { src: '127.0.0.1', sport: 15_001, dst: APP.src, dport: APP.sport };
    const reply = tracker.track({ at: 0, ...answer, flags: 'SA', seq: 9, ack: 2, win: 100 });
    expect(reply).toMatchObject({ ctstate: 'ESTABLISHED', direction: 'REPLY' });
    expect(reply.nat).toEqual({
      kind: 'un-dnat',
      both: false,
      tuple: { src: APP.dst, sport: APP.dport, dst: APP.src, dport: APP.sport },
    });
  });

  it('leaves out what a rule excepts, and what is INVALID', () => {
    const tracker = createTracker({ profile: '6.12.43', nat: ISTIO });
    expect(tracker.track(syn({ owner: 1337 })).nat.kind).toBe('none');
    expect(tracker.track(syn({ dst: '127.0.0.1', sport: 2 })).nat.kind).toBe('none');
    expect(tracker.track(syn({ hook: 'prerouting', sport: 3 })).nat.kind).toBe('none');
    const rst = tracker.track(syn({ flags: 'R', sport: 4 }));
    expect(rst).toMatchObject({ ctstate: 'INVALID', nat: { kind: 'none', tuple: null } });
  });

  it('changes the source port where a live entry answers with the same tuple', () => {
    const tracker = createTracker({ profile: '6.12.43', nat: ISTIO, seed: 1 });
    tracker.track(syn());
    const other = tracker.track(syn({ dst: '172.21.0.1', at: 1 }));
    expect(other.nat).toMatchObject({ kind: 'dnat', both: true });
    expect(other.nat.tuple?.sport).not.toBe(APP.sport);
    expect(other.nat.tuple?.sport).toBeGreaterThanOrEqual(1024);
    expect(other.after?.status).toBe(0x1b8);
    // Once the first has timed out nothing clashes, and the port is kept: the way into #43301.
    const late = tracker.track(syn({ dst: '172.21.0.2', at: 121 }));
    expect(late.nat).toMatchObject({ both: false, tuple: { sport: APP.sport } });
  });

  it('chooses the same port for the same seed, and another for another', () => {
    const chosen = (seed: number): number | undefined => {
      const tracker = createTracker({ profile: '6.12.43', nat: ISTIO, seed });
      tracker.track(syn());
      return tracker.track(syn({ dst: '172.21.0.1' })).nat.tuple?.sport;
    };
    expect(chosen(7)).toBe(chosen(7));
    expect(new Set([1, 2, 3, 4, 5].map(chosen)).size).toBeGreaterThan(1);
  });

  it('knows ::1, and redirects at prerouting to the address that the packet has', () => {
    const nat: readonly NatRule[] = [
      { hook: 'output', action: { kind: 'redirect', port: 15_001 } },
      { hook: 'prerouting', action: { kind: 'redirect', port: 15_006 } },
    ];
    const tracker = createTracker({ profile: '6.12.43', nat });
    const ipv6 = { src: 'fd00::1', dst: 'fd00::2' };
    expect(tracker.track(syn(ipv6)).nat.tuple).toMatchObject({ dst: '::1', dport: 15_001 });
    const inbound = syn({ src: '10.0.0.9', dst: '172.29.73.7', hook: 'prerouting' });
    expect(tracker.track(inbound).nat.tuple).toMatchObject({ dst: '172.29.73.7', dport: 15_006 });
  });
});

describe('source NAT', () => {
  const nat: readonly NatRule[] = [
    {
      hook: 'postrouting',
      match: { src: '10.0.0.0/8', interface: 'eth0' },
      action: { kind: 'masquerade', address: '192.0.2.1' },
    },
  ];
  const out = (sport: number, src: string, change: Partial<Packet> = {}): Packet =>
    syn({ src, sport, dst: '198.51.100.1', dport: 443, interface: 'eth0', ...change });

  it('keeps the port where it is free, and else takes one of its kind', () => {
    const tracker = createTracker({ profile: '6.12.43', nat });
    expect(tracker.track(out(5000, '10.0.0.1')).nat).toEqual({
      kind: 'snat',
      both: false,
      tuple: { src: '192.0.2.1', sport: 5000, dst: '198.51.100.1', dport: 443 },
    });
    expect(tracker.track(out(5000, '10.0.0.2')).nat.tuple?.sport).not.toBe(5000);
    tracker.track(out(600, '10.0.0.1'));
    const low = tracker.track(out(600, '10.0.0.2')).nat.tuple?.sport ?? 0;
    expect(low).toBeGreaterThan(600);
    expect(low).toBeLessThan(1024);
    expect(tracker.track(out(5000, '10.0.0.3', { interface: 'eth1' })).nat.kind).toBe('none');
  });

  it('drops a connection for which no tuple is left', () => {
    const narrow: NatRule = {
      hook: 'postrouting',
      action: { kind: 'snat', address: '192.0.2.1', port: [7000, 7001] },
    };
    const tracker = createTracker({ profile: '6.12.43', nat: [narrow] });
    const ports = ['10.0.0.1', '10.0.0.2'].map(
      (src) => tracker.track(out(1, src)).nat.tuple?.sport,
    );
    expect(ports.sort()).toEqual([7000, 7001]);
    const third = tracker.track(out(7000, '10.0.0.3'));
    expect(third).toMatchObject({ dropped: true, after: null, reason: { rule: 'insert-failed' } });
    expect(tracker.size).toBe(2);
  });

  it('evicts a closed entry with source NAT from 6.6 on, for a SYN that is ahead of it', () => {
    const one: NatRule = {
      hook: 'postrouting',
      action: { kind: 'snat', address: '192.0.2.1', port: 7000 },
    };
    const run = (profile: string, seq: number): boolean => {
      const tracker = createTracker({ profile, nat: [one] });
      tracker.track(out(1, '10.0.0.1', { seq: 1000 }));
      const answer = { src: '198.51.100.1', sport: 443, dst: '192.0.2.1', dport: 7000 };
      tracker.track({ at: 0, ...answer, flags: 'SA', seq: 5, ack: 1001, win: 9 });
      tracker.track({ at: 0, ...answer, flags: 'R', seq: 6 });
      return tracker.track(out(1, '10.0.0.2', { seq })).dropped;
    };
    expect(run('6.6.9', 2000)).toBe(false);
    expect(run('6.6.9', 500)).toBe(true);
    expect(run('6.1.10', 2000)).toBe(true);
  });
});

describe('destination NAT', () => {
  it('begins at the first port of a range from 6.12 on', () => {
    const nat: readonly NatRule[] = [
      {
        hook: 'prerouting',
        match: { dst: '10.30.0.0/16', dport: [80, 81], sport: [1, 65_535] },
        action: { kind: 'dnat', address: '10.20.0.1', port: [8080, 8180] },
      },
    ];
    const packet = syn({ dst: '10.30.9.9', dport: 81, hook: 'prerouting' });
    const port = (profile: string): number | undefined =>
      createTracker({ profile, nat, seed: 3 }).track(packet).nat.tuple?.dport;
    expect(port('6.12.43')).toBe(8080);
    expect(port('6.1.10')).toBeGreaterThan(8080);
    const elsewhere = createTracker({ profile: '6.12.43', nat });
    expect(elsewhere.track({ ...packet, dst: '10.31.9.9' }).nat.kind).toBe('none');
    expect(elsewhere.track({ ...packet, dport: 82 }).nat.kind).toBe('none');
  });

  it('matches IPv6 prefixes to the bit, and stops at accept', () => {
    const nat: readonly NatRule[] = [
      { hook: 'prerouting', match: { src: 'fd00:1::/33' }, action: { kind: 'accept' } },
      { hook: 'prerouting', match: { src: '::/0' }, action: { kind: 'dnat', address: 'fd00::9' } },
    ];
    const tracker = createTracker({ profile: '6.12.43', nat });
    const kind = (src: string): string =>
      tracker.track(syn({ src, dst: 'fd00::2', hook: 'prerouting' })).nat.kind;
    expect(kind('fd00:1:7fff::1')).toBe('none');
    expect(kind('fd00:1:8000::1')).toBe('dnat');
    expect(tracker.track(syn({ hook: 'prerouting' })).nat.kind).toBe('none');
  });
});

describe('NAT rules that contradict themselves', () => {
  it.each<[string, object, string]>([
    [
      'nat[0].hook',
      { hook: 'postrouting', action: { kind: 'redirect', port: 1 } },
      'one of prerouting, output for redirect',
    ],
    [
      'nat[0].hook',
      { hook: 'output', action: { kind: 'snat', address: '10.0.0.1' } },
      'one of postrouting for snat',
    ],
    [
      'nat[0].action.kind',
      { hook: 'output', action: { kind: 'tproxy' } },
      'one of accept, redirect, dnat, snat, masquerade',
    ],
    [
      'nat[0].action.address',
      { hook: 'output', action: { kind: 'dnat', address: 'nowhere' } },
      'an IPv4 or IPv6 address',
    ],
    [
      'nat[0].action.address',
      { hook: 'output', match: { dst: '10.0.0.1' }, action: { kind: 'dnat', address: '::1' } },
      'an address of IPv4, as its match',
    ],
    [
      'nat[0].match.dst',
      { hook: 'output', match: { src: '10.0.0.1', dst: '::1' }, action: { kind: 'accept' } },
      'an address of IPv4, as src',
    ],
    [
      'nat[0].match.src',
      { hook: 'output', match: { src: '10.0.0.0/33' }, action: { kind: 'accept' } },
      'an address or a prefix as 10.30.0.0/16',
    ],
    [
      'nat[0].except[0].owner',
      { hook: 'prerouting', except: [{ owner: 1 }], action: { kind: 'accept' } },
      'no owner at prerouting',
    ],
    [
      'nat[0].action.port',
      { hook: 'output', action: { kind: 'redirect', port: [9, 8] } },
      'a port from 1 to 65535, or the first and last of a range',
    ],
    [
      'nat[0].match.dport',
      { hook: 'output', match: { dport: 65_536 }, action: { kind: 'accept' } },
      'a port from 0 to 65535, or the first and last of a range',
    ],
  ])('are refused: %s', (field, rule, expected) => {
    const make = (): unknown => createTracker({ profile: '6.12.43', nat: [rule as NatRule] });
    expect(make).toThrow(TrackerError);
    expect(make).toThrow(expect.objectContaining({ code: 'bad-nat-rule', field, expected }));
  });
});
