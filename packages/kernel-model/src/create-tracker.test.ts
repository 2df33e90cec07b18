import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { behaviourOf } from './behaviour-of.ts';
import { createTracker } from './create-tracker.ts';
import { formatEntry } from './entry.ts';
import type { Packet } from './packet.ts';
import { ALL_PROFILES } from './profiles.ts';
import { GENERATIONS } from './testing/generations.ts';
import type { TrackerOptions } from './tracker.ts';
import { TrackerError } from './tracker-error.ts';
import type { Verdict } from './verdict.ts';

const CLIENT = { src: '10.0.0.1', sport: 44_410, dst: '10.0.0.2', dport: 80 };
const SERVER = { src: '10.0.0.2', sport: 80, dst: '10.0.0.1', dport: 44_410 };

/** Case 1 of istio #43301: a SYN, the challenge ACK of an old socket, the RST that answers it. */
const CASE_1: readonly Packet[] = [
  { at: 0, ...CLIENT, flags: 'S', seq: 66_001_914, win: 62_720, options: { wscale: 11 } },
  { at: 0.1, ...SERVER, flags: 'A', seq: 777_000, ack: 1_382_665_639, win: 32 },
  { at: 0.2, ...CLIENT, flags: 'R', seq: 1_382_665_639 },
];

function last(options: TrackerOptions, packets: readonly Packet[] = CASE_1): Verdict {
  const tracker = createTracker(options);
  const verdicts = packets.map((packet) => tracker.track(packet));
  return verdicts.at(-1) as Verdict;
}

describe('the verdict on the RST of istio #43301', () => {
  it('is INVALID where only SYNs start a side afresh, and says so in the words of the kernel', () => {
    const verdict = last({ profile: '5.19.0', sysctls: { nf_conntrack_log_invalid: 6 } });
    expect(verdict).toMatchObject({ ctstate: 'INVALID', direction: null, dropped: false });
    expect(verdict.after).toMatchObject({ state: 'SYN_SENT', timeout: 119, unreplied: false });
    expect(verdict.reason).toEqual({
      rule: 'seq-over-upper-bound',
      values: { seq: 1_382_665_639, upperBound: 66_001_916 },
      log: 'SEQ is over the upper bound (over the window of the receiver)',
      commits: ['reinit-syn-only'],
      lacking: [],
    });
    expect(verdict.log).toEqual([
      'nf_ct_proto_6: SEQ is over the upper bound (over the window of the receiver)',
    ]);
  });

  it('names the bound from 6.1 on', () => {
    expect(last({ profile: '6.1.8' }).reason.log).toBe(
      'SEQ is over upper bound 66001916 (over the window of the receiver)',
    );
  });

  it('is accepted by the cure, and by nothing else on that kernel', () => {
    const verdict = last({ profile: '6.2.1' });
    expect(verdict).toMatchObject({ ctstate: 'ESTABLISHED', direction: 'ORIGINAL' });
    expect(verdict.before?.state).toBe('SYN_SENT');
    expect(verdict.after).toMatchObject({ state: 'CLOSE', timeout: 10 });
    expect(verdict.events).toEqual([{ type: 'UPDATE', state: 'CLOSE' }]);
    expect(verdict.reason).toMatchObject({
      rule: 'rst-answers-challenge-ack',
      values: { seq: 1_382_665_639, lastAck: 1_382_665_639 },
      log: null,
      commits: ['challenge-ack-fix'],
    });
  });

  it('is accepted where any packet starts a side afresh, which c7aab4f17021 would end', () => {
    const { ctstate, reason } = last({ profile: '5.15.135' });
    expect(ctstate).toBe('ESTABLISHED');
    expect(reason).toMatchObject({ rule: 'in-window', commits: [], lacking: ['reinit-syn-only'] });
  });

  it('is accepted with be_liberal, and not with ignore_invalid_rst', () => {
    const liberal = last({ profile: '5.19.0', sysctls: { nf_conntrack_tcp_be_liberal: 1 } });
    expect(liberal).toMatchObject({ ctstate: 'ESTABLISHED', reason: { rule: 'be-liberal' } });
    const ignoring = last({
      profile: '5.19.0',
      sysctls: { nf_conntrack_tcp_ignore_invalid_rst: 1 },
    });
    expect(ignoring.ctstate).toBe('INVALID');
  });

  it('names no commits where only switches are known', () => {
    const behaviour = behaviourOf({ commits: ['reinit-syn-only'] });
    expect(last({ behaviour }).reason).toMatchObject({ commits: [], lacking: [] });
  });

  it('is whole in JSON', () => {
    expect(JSON.parse(JSON.stringify(last({ profile: '5.19.0' })))).toMatchObject({
      ctstate: 'INVALID',
      before: { state: 'SYN_SENT' },
      after: { state: 'SYN_SENT' },
      reason: { rule: 'seq-over-upper-bound' },
    });
  });
});

describe('a tracker', () => {
  const syn: Packet = { at: 10, ...CLIENT, flags: 'S', seq: 1, win: 1000 };

  it('lists entries as conntrack -L prints them', () => {
    const tracker = createTracker({ profile: '6.12.43' });
    tracker.track(syn);
    expect(tracker.entries(10.5).map(formatEntry)).toEqual([
      'tcp      6 119 SYN_SENT src=10.0.0.1 dst=10.0.0.2 sport=44410 dport=80 [UNREPLIED] src=10.0.0.2 dst=10.0.0.1 sport=80 dport=44410 mark=0 use=1',
    ]);
    tracker.track({ at: 11, ...SERVER, flags: 'SA', seq: 1, ack: 2, win: 1000 });
    tracker.track({ at: 12, ...CLIENT, flags: 'A', seq: 2, ack: 2, win: 1000 });
    expect(tracker.entries(12).map(formatEntry)).toEqual([
      'tcp      6 432000 ESTABLISHED src=10.0.0.1 dst=10.0.0.2 sport=44410 dport=80 src=10.0.0.2 dst=10.0.0.1 sport=80 dport=44410 [ASSURED] mark=0 use=1',
    ]);
  });

  it('forgets an entry when its time has come, and tells who meets it', () => {
    const tracker = createTracker({ profile: '6.12.43' });
    tracker.track(syn);
    expect(tracker.find(CLIENT, 129.9)?.timeout).toBe(0);
    expect(tracker.find(SERVER, 129.9)?.state).toBe('SYN_SENT');
    const { ctstate, before, events } = tracker.track({ ...syn, at: 130 });
    expect({ ctstate, before }).toEqual({ ctstate: 'NEW', before: null });
    expect(events).toEqual([
      { type: 'DESTROY', state: 'SYN_SENT' },
      { type: 'NEW', state: 'SYN_SENT' },
    ]);
  });

  it('expires and deletes entries', () => {
    const tracker = createTracker({ profile: '5.4.59' });
    tracker.track(syn);
    tracker.track({ ...syn, sport: 2 });
    expect(tracker.delete({ ...CLIENT, sport: 2 }, 11)?.state).toBe('SYN_SENT');
    expect(tracker.delete({ ...CLIENT, sport: 2 }, 11)).toBeNull();
    expect(tracker.expire(129)).toEqual([]);
    // Before destroy-state no state is told.
    expect(tracker.expire(130)).toEqual([{ type: 'DESTROY', state: null }]);
    expect(tracker.entries(0)).toEqual([]);
    expect(tracker.size).toBe(0);
  });

  it('keeps zones and address families apart', () => {
    const tracker = createTracker({ profile: '6.12.43' });
    const ipv6 = { src: 'fd00::1', sport: 1, dst: 'fd00:0::2', dport: 80 };
    tracker.track(syn);
    expect(tracker.track({ ...syn, zone: 7 }).events).toEqual([{ type: 'NEW', state: 'SYN_SENT' }]);
    expect(tracker.track({ ...syn, ...ipv6 }).ctstate).toBe('NEW');
    const answer = { src: 'fd00::2', sport: 80, dst: 'fd00:0:0::1', dport: 1 };
    const reply = tracker.track({ at: 11, ...answer, flags: 'SA', seq: 5, ack: 2, win: 9 });
    expect(reply).toMatchObject({ ctstate: 'ESTABLISHED', direction: 'REPLY' });
    expect(reply.after?.original.dst).toBe('fd00::2');
    expect(tracker.entries(11).map(({ zone }) => zone)).toEqual([0, 7, 0]);
    expect(tracker.find(CLIENT, 11, 7)?.zone).toBe(7);
    expect(tracker.find(CLIENT, 11, 8)).toBeNull();
  });

  it('leaves alone what a rule of the raw table exempts', () => {
    const tracker = createTracker({ profile: '6.12.43' });
    const verdict = tracker.track({ ...syn, untracked: true });
    expect(verdict).toMatchObject({ ctstate: 'UNTRACKED', after: null, nat: { kind: 'none' } });
    expect(tracker.size).toBe(0);
  });

  it('checks headers as conntrack does', () => {
    const log = (profile: string, packet: Partial<Packet>): string | null => {
      const verdict = last({ profile }, [{ ...syn, ...packet }]);
      expect(verdict.ctstate).toBe('INVALID');
      return verdict.reason.log;
    };
    expect(log('4.19.79', { malformed: 'short' })).toBe('short packet');
    expect(log('5.4.59', { malformed: 'short' })).toBeNull();
    expect(log('5.4.59', { malformed: 'truncated' })).toBe('truncated packet');
    expect(log('5.4.59', { malformed: 'checksum' })).toBe('bad checksum');
    for (const flags of ['', 'F', 'U', 'SF', 'SR', 'SAU', 'RU', 'RAU', 'FSRPAUEW']) {
      expect(log('5.4.59', { flags })).toBe('invalid tcp flag combination');
    }
    for (const flags of ['S', 'SU', 'SEW', 'A', 'AU', 'PA', 'Ae']) {
      expect(last({ profile: '5.4.59' }, [{ ...syn, flags }]).ctstate).toBe('NEW');
    }
  });

  it('looks at checksums of received packets only, and only with the sysctl', () => {
    const bad: Packet = { ...syn, malformed: 'checksum' };
    const unchecked = { nf_conntrack_checksum: 0 };
    expect(last({ profile: '6.12.43' }, [{ ...bad, hook: 'output' }]).ctstate).toBe('NEW');
    expect(last({ profile: '6.12.43', sysctls: unchecked }, [bad]).ctstate).toBe('NEW');
  });

  it('judges segments in numbers as it judges packets', () => {
    for (const profile of Object.values(GENERATIONS)) {
      const [text, numbers] = [createTracker({ profile }), createTracker({ profile })];
      for (const packet of CASE_1) text.track(packet);
      for (const segment of CASE_1.map((packet) => numbers.segmentOf(packet))) {
        numbers.judge(segment);
      }
      expect(numbers.entries(1), profile).toEqual(text.entries(1));
    }
  });
});

it('does what the README shows', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const section = readme.slice(readme.indexOf('### The tracker'));
  const [, code = '', , printed = ''] = section.split(/```(?:ts)?\n/);
  const tracker = createTracker({ profile: '5.19.0' });
  const there = { ...CLIENT, dport: 7777 };
  const back = { ...SERVER, sport: 7777 };
  tracker.track({ at: 0, ...there, flags: 'S', seq: 66_001_914, win: 62_720 });
  tracker.track({ at: 0, ...back, flags: 'A', seq: 777_000, ack: 1_382_665_639, win: 32 });
  const verdict = tracker.track({ at: 1, ...there, flags: 'R', seq: 1_382_665_639 });
  const { rule, values, commits, log } = verdict.reason;
  const lines = [
    [verdict.ctstate, rule, inspect(values), inspect(commits)].join(' '),
    log,
    ...tracker.entries(1).map(formatEntry),
  ];
  expect(code).toContain('tracker.track({ at: 1, ...there');
  expect(printed).toBe(`${lines.join('\n')}\n`);
});

describe('a tracker refuses', () => {
  const packet: Packet = { at: 0, ...CLIENT, flags: 'S', seq: 1 };

  it.each([
    ['seq', { seq: -1 }, 'an integer from 0 to 4294967295'],
    ['seq', { seq: 2 ** 32 }, 'an integer from 0 to 4294967295'],
    ['ack', { ack: 0.5 }, 'an integer from 0 to 4294967295'],
    ['win', { win: 65_536 }, 'an integer from 0 to 65535'],
    ['len', { len: Number.NaN }, 'an integer from 0 to 65535'],
    ['sport', { sport: 70_000 }, 'an integer from 0 to 65535'],
    ['zone', { zone: 65_536 }, 'an integer from 0 to 65535'],
    ['at', { at: Number.POSITIVE_INFINITY }, 'a finite number of seconds'],
    ['flags', { flags: 'SX' }, 'letters of F S R P A U E W e'],
    ['src', { src: '10.0.0.256' }, 'an IPv4 or IPv6 address'],
    ['dst', { dst: 'fd00::1' }, 'an address of IPv4, as src'],
    ['options.wscale', { options: { wscale: 300 } }, 'an integer from 0 to 255'],
  ])('a packet with an impossible %s', (field, change, expected) => {
    const tracker = createTracker({ profile: '6.12.43' });
    const error = caught(() => tracker.track({ ...packet, ...change }));
    expect(error).toMatchObject({ code: 'bad-packet', field, expected });
    expect(error.value).toBe(
      Object.values(change)[0]?.['wscale' as never] ?? Object.values(change)[0],
    );
    expect(tracker.size).toBe(0);
  });

  it.each([
    [{ nf_conntrack_tcp_loose: 2 }, 'an integer from 0 to 1'],
    [{ nf_conntrack_tcp_be_liberal: -1 }, 'an integer from 0 to 1'],
    [{ nf_conntrack_tcp_max_retrans: 256 }, 'an integer from 0 to 255'],
    [{ nf_conntrack_log_invalid: 256 }, 'an integer from 0 to 255'],
    [{ nf_conntrack_tcp_timeout_close: 1.5 }, 'an integer from 0 to 21474836'],
    [{ nf_conntrack_tcp_ignore_invalid_rst: 1 }, 'no value, since this kernel lacks it'],
  ])('sysctls %j', (sysctls, expected) => {
    const error = caught(() => createTracker({ profile: '5.4.59', sysctls }));
    const [field, value] = Object.entries(sysctls)[0] ?? [];
    expect(error).toMatchObject({ code: 'bad-sysctl', field, value, expected });
    expect(error.message).toBe(`${field}: expected ${expected}, found ${value}`);
  });

  it('a sysctl that nobody knows', () => {
    const sysctls = { nf_conntrack_tcp_lose: 1 } as object;
    const error = caught(() => createTracker({ profile: '5.4.59', sysctls }));
    expect(error).toMatchObject({ code: 'bad-sysctl', field: 'nf_conntrack_tcp_lose' });
    expect(error.expected).toContain('nf_conntrack_tcp_loose');
  });

  it('a profile that nobody knows, and says which it may be', () => {
    expect(caught(() => createTracker({ profile: 'plan9' }))).toMatchObject({
      code: 'unknown-profile',
      value: 'plan9',
    });
    expect(caught(() => createTracker({})).code).toBe('unknown-profile');
  });

  it('no profile that ships', () => {
    for (const profile of ALL_PROFILES) {
      expect(createTracker({ profile }).track(packet).ctstate).toBe('NEW');
    }
  });
});

function caught(work: () => unknown): TrackerError {
  try {
    work();
  } catch (error) {
    if (error instanceof TrackerError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
