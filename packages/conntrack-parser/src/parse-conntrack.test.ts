import { describeParserContract } from '@tuplescope/scan/testing';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ConntrackEntry } from './conntrack-entry.ts';
import type { ConntrackTable } from './conntrack-table.ts';
import { parseConntrack } from './parse-conntrack.ts';
import { streamConntrack } from './stream-conntrack.ts';
import { readFixture } from './testing/read-fixture.ts';

const stages = ['1-app-close-wait', '4-during-syn-retry', '6-second-dst'];
const listing = stages.map((stage) => readFixture(`${stage}/conntrack-L.txt`)).join('');

describeParserContract({
  name: 'parseConntrack, of a listing,',
  parse: parseConntrack,
  stream: streamConntrack,
  sample: listing,
  damage: [
    'tcp      6 117 TIME_WAIT src=10.77.0.1 dst=10.77.0.2 sport=34932',
    'tcp      6 117 TIME_WAIT src=10.77.0.1 dst=10.77.O.2 sport=34932',
  ],
  worstCase: (bytes) => 'tcp      6 1 CLOSE\n src=1.1.1.1((((\n'.repeat(bytes / 34),
});

describeParserContract({
  name: 'parseConntrack, of events,',
  parse: parseConntrack,
  stream: streamConntrack,
  sample: readFixture('conntrack-E-o-timestamp-id.txt'),
  damage: [
    '[1795386277.914015]\t [UPDATE] tcp      6 10 CLOSE src=10.77.0.1',
    '[1795386277.914015]\t [UPDATE] tcp      6 10 CLOSED? src=10.77.0.1',
  ],
  worstCase: (bytes) => '[1795386277[('.repeat(bytes / 13),
});

describeParserContract({
  name: 'parseConntrack, of XML,',
  parse: parseConntrack,
  stream: streamConntrack,
  sample: readFixture('6-second-dst/conntrack-L-o-xml.txt'),
  damage: ['<dport>7778</dport></layer4><counters>', '<dport>7778</dprt></layer4><counters'],
  worstCase: (bytes) => '<flow><meta\n<meta>(\n'.repeat(bytes / 20),
});

describeParserContract({
  name: 'parseConntrack, of -o save,',
  parse: parseConntrack,
  stream: streamConntrack,
  sample: readFixture('6-second-dst/conntrack-L-o-save.txt'),
  damage: ['-A -t 99 -u SEEN_REPLY,ASSURED', '-A -t 99 -u SEEN_REPLY,INSURED'],
  worstCase: (bytes) => '-A -t 9 -s 1.1.1.1 '.repeat(bytes / 19),
});

/** What a form may print or not, or print differently a second later. */
function comparable(entry: ConntrackEntry): unknown {
  const { event, l3, proto, state, orig, reply, unreplied, assured, offload } = entry;
  return { event, l3, proto, state, orig, reply, unreplied, assured, offload };
}

/** `-o save` prints no counters. */
function withoutCounters(entry: ConntrackEntry): ConntrackEntry {
  const { orig, reply } = entry;
  const none = { packets: null, bytes: null };
  return { ...entry, orig: { ...orig, ...none }, reply: { ...reply, ...none } };
}

describe.each(stages)('the table of %s', (stage) => {
  const read = (form: string) => [...parseConntrack(readFixture(`${stage}/${form}.txt`))];
  const text = read('conntrack-L');
  const everyMark = text.map(({ mark }) => mark);

  it.each([
    'conntrack-L-o-extended',
    'conntrack-L-o-id',
    'conntrack-L-o-ktimestamp',
    'conntrack-L-o-extended-id-timestamp-labels',
    'conntrack-L-o-xml',
    'proc-net-nf-conntrack',
  ])('is the same from %s', (form) => {
    const entries = read(form);
    expect(entries.map(comparable)).toEqual(text.map(comparable));
    expect(entries.map(({ mark }) => mark)).toEqual(everyMark);
    for (const [i, { timeout, deltaTime }] of entries.entries()) {
      expect(Math.abs((timeout ?? -9) - (text[i]?.timeout ?? 9))).toBeLessThanOrEqual(1);
      expect(Math.abs((deltaTime ?? -9) - (text[i]?.deltaTime ?? 9))).toBeLessThanOrEqual(1);
    }
  });

  it('is the same from -o save, which has no counters, mark, use and age', () => {
    const entries = read('conntrack-L-o-save');
    expect(entries.map(comparable)).toEqual(text.map(withoutCounters).map(comparable));
    for (const [i, { timeout, mark, use, deltaTime }] of entries.entries()) {
      expect(Math.abs((timeout ?? -9) - (text[i]?.timeout ?? 9))).toBeLessThanOrEqual(1);
      expect({ mark, use, deltaTime }).toEqual({ mark: null, use: null });
    }
  });

  it('has the same ids from the text and from XML', () => {
    const ids = read('conntrack-L-o-id').map(({ id }) => id);
    expect(read('conntrack-L-o-xml').map(({ id }) => id)).toEqual(ids);
    expect(ids).not.toContain(null);
  });

  it('has one reference more in /proc, and zone 0 only there', () => {
    const proc = read('proc-net-nf-conntrack');
    expect(proc.map(({ use }) => use)).toEqual(text.map(({ use }) => (use ?? 0) + 1));
    expect(new Set(proc.map(({ zone }) => zone))).toEqual(new Set([0]));
    expect(new Set(text.map(({ zone }) => zone))).toEqual(new Set([null]));
  });
});

describe('parseConntrack', () => {
  it('gives each field of an entry', () => {
    const table = parseConntrack(readFixture('4-during-syn-retry/conntrack-L-o-ktimestamp.txt'));
    expect(table.at(0)).toEqual({
      event: null,
      l3: 'ipv4',
      proto: 'tcp',
      protonum: 6,
      timeout: 7,
      state: 'CLOSE',
      orig: {
        src: '10.77.0.1',
        dst: '10.77.0.2',
        sport: 44410,
        dport: 7777,
        packets: 4,
        bytes: 204,
        zone: null,
      },
      reply: {
        src: '127.0.0.1',
        dst: '10.77.0.1',
        sport: 15001,
        dport: 44410,
        packets: 2,
        bytes: 116,
        zone: null,
      },
      unreplied: false,
      assured: true,
      offload: null,
      mark: 0,
      zone: null,
      use: 1,
      id: null,
      deltaTime: 3,
      // date -u -d 'Sun Nov 22 22:24:37 2026' +%s
      start: 1795386277,
      source: { line: 1, start: 0, end: 230 },
    });
  });

  it('takes local times by the clock of the machine that printed them', () => {
    const text = readFixture('4-during-syn-retry/conntrack-L-o-ktimestamp.txt');
    expect(parseConntrack(text, { utcOffsetHours: 2 }).at(0).start).toBe(1795386277 - 7200);
  });

  it('reads events, with their time, and without a state or a timeout where none is printed', () => {
    const table = parseConntrack(readFixture('conntrack-E-o-timestamp-id.txt'));
    expect(table.length).toBe(45);
    expect(table.diagnostics).toEqual([]);
    const [first] = table;
    expect(first).toMatchObject({ event: 'NEW', at: 1795386267.648337, unreplied: true });
    const stateless = [...table].filter(({ state }) => state === null);
    expect(stateless.map(({ at, event }) => [at, event])).toEqual([[1795386277.914009, 'UPDATE']]);
    const destroyed = [...table].filter(({ event }) => event === 'DESTROY');
    expect(destroyed.map(({ timeout }) => timeout)).toEqual([null, null, 300, 9, null]);
  });

  it('reads events of an older kernel and passes the closing line with a hint', () => {
    const table = parseConntrack(readFixture('conntrack-E-kernel-5.10.txt'));
    expect(table.length).toBe(29);
    const states = [...table].filter((e) => e.event === 'DESTROY').map(({ state }) => state);
    expect(states).toEqual([null, null, null]);
    expect(table.diagnostics).toMatchObject([{ severity: 'hint', line: 30, column: 1 }]);
  });

  it('takes what follows the point of a time for microseconds, padded or not', () => {
    const event = '[NEW] unknown  50 src=10.0.0.1 dst=10.0.0.2 src=10.0.0.2 dst=10.0.0.1';
    const at = (time: string) => parseConntrack(`[${time}]\t    ${event}`).at(0).at;
    expect(at('1795386267.648337')).toBe(1795386267.648337);
    expect(at('1795386267.000005')).toBe(1795386267.000005);
    expect(at('1795386267.5     ')).toBe(1795386267.000005);
  });

  it('keeps a counter over 2^53 out, with a warning', () => {
    const line = readFixture('4-during-syn-retry/conntrack-L.txt').split('\n')[0] ?? '';
    const table = parseConntrack(line.replace('bytes=204', 'bytes=18446744073709551615'));
    expect(table.at(0).orig).toMatchObject({ packets: 4, bytes: null });
    expect(table.diagnostics).toMatchObject([
      { severity: 'warning', found: '"18446744073709551615"' },
    ]);
  });

  it('points an error at the bytes that are wrong', () => {
    const line = 'tcp      6 108 SYN_SENT src=10.0.0.1 dst=10.0.0.2 sport=70000 dport=7777';
    expect(parseConntrack(`\n${line}\n`).diagnostics).toEqual([
      {
        severity: 'error',
        line: 2,
        column: 57,
        start: 57,
        end: 62,
        expected: 'a number from 0 to 65535',
        found: '"70000"',
        message: 'expected a number from 0 to 65535, found "70000"',
      },
    ]);
  });

  it('knows a rule of iptables-save from an entry of -o save', () => {
    const rule = '-A ISTIO_OUTPUT -o lo -s 127.0.0.6/32 -j RETURN';
    expect(parseConntrack(rule).length).toBe(0);
    expect(parseConntrack(rule).diagnostics).toHaveLength(1);
  });

  it('has the types that it says', () => {
    expectTypeOf(parseConntrack).returns.toEqualTypeOf<ConntrackTable>();
    expectTypeOf<ConntrackTable['at']>().returns.toEqualTypeOf<ConntrackEntry>();
    expectTypeOf<ConntrackEntry['timeout']>().toEqualTypeOf<number | null>();
    expectTypeOf<ConntrackEntry['event']>().toEqualTypeOf<'NEW' | 'UPDATE' | 'DESTROY' | null>();
    expectTypeOf(streamConntrack).returns.toEqualTypeOf<AsyncIterable<ConntrackEntry>>();
    expect(parseConntrack('').length).toBe(0);
  });
});
