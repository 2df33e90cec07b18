import { describeParserContract } from '@tuplescope/scan/testing';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { NstatCounter } from './nstat-counter.ts';
import type { NstatTable } from './nstat-table.ts';
import { parseNstat } from './parse-nstat.ts';
import { streamNstat } from './stream-nstat.ts';
import { readFixture } from './testing/read-fixture.ts';

const text = readFixture('43301/nstat-as.txt');
const netstat = readFixture('every-counter/netstat-s.txt');
const proc = readFixture('5.4.59/proc-snmp-netstat.txt');
const json = readFixture('every-counter/nstat-jpzas.json');

describeParserContract({
  name: 'parseNstat, of nstat text,',
  parse: parseNstat,
  stream: streamNstat,
  sample: text,
  damage: [
    'TcpExtTCPChallengeACK           1                  0.0',
    'TcpExtTCPChallengeACK           l                  0.0',
  ],
  worstCase: (bytes) => 'TcpExtTCPChallengeACK ￪ ￪ ￪ 1 2 '.repeat(bytes / 40),
});

describeParserContract({
  name: 'parseNstat, of netstat -s,',
  parse: parseNstat,
  stream: streamNstat,
  sample: netstat,
  damage: ['    1420 segments retransmitted\n', '    l420 segments retransmitted\n'],
  worstCase: (bytes) => `Tcp:\n${'    5 wheels turned\n Tcp:\n'.repeat(bytes / 26)}`,
});

describeParserContract({
  name: 'parseNstat, of /proc/net/snmp and /proc/net/netstat,',
  parse: parseNstat,
  stream: streamNstat,
  sample: proc,
  damage: ['UdpLite: 0 0 0 0 0 0 0 0\n', 'UdpLite: 0x 0x 0x 0x 0x 0x 0x 0x\n'],
  worstCase: (bytes) => {
    const names = `Tcp: ${'A '.repeat(bytes / 4)}`;
    return `${names}\nTcp: ${'1 '.repeat(bytes / 4)}\n`;
  },
});

describeParserContract({
  name: 'parseNstat, of nstat -j,',
  parse: parseNstat,
  stream: streamNstat,
  sample: json,
  damage: ['        "TcpRetransSegs": 1420,\n', '        "TcpRetransSegs": "1420",\n'],
  worstCase: (bytes) => `{"kernel":${'{"a":['.repeat(bytes / 12)}${'"'.repeat(bytes / 2)}`,
});

describe('parseNstat', () => {
  it('reads a counter, its rate and its place', () => {
    const daemon = readFixture('nstat-daemon.txt');
    const table = parseNstat(daemon);
    const octets = [...table].find(({ name }) => name === 'IpExtInOctets');
    expect(octets).toEqual({
      name: 'IpExtInOctets',
      value: 1368,
      rate: 329.9,
      source: {
        line: 7,
        start: daemon.indexOf('IpExtInOctets'),
        end: daemon.indexOf('\nIpExtOutOctets'),
      },
    });
    expect(table.length).toBe(8);
    expect(table.diagnostics).toEqual([]);
  });

  it('reads the same counters from the JSON of the daemon, without the rates', () => {
    const fromText = [...parseNstat(readFixture('nstat-daemon.txt'))];
    const fromJson = parseNstat(readFixture('nstat-daemon.json'));
    expect([...fromJson].map(({ name, value }) => [name, value])).toEqual(
      fromText.map(({ name, value }) => [name, value]),
    );
    expect(fromJson.at(0).rate).toBe(0);
  });

  it('reads any counter that nstat can print, whatever its value and rate', () => {
    const name = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,28}[A-Za-z]$/);
    const value = fc.oneof(fc.nat(), fc.maxSafeNat());
    const tenths = fc.nat({ max: 9_999_999 });
    fc.assert(
      fc.property(name, value, tenths, (counter, count, rate) => {
        const printed = (rate / 10).toFixed(1).padStart(6);
        const line = `${counter.padEnd(32)}${String(count).padEnd(16)}${printed}`;
        const expected = { name: counter, value: count, rate: rate / 10 };
        fc.pre(!/^\d{16}\d/.test(String(count) + printed));
        expect([...parseNstat(`${line}\n`)]).toEqual([
          { ...expected, source: { line: 1, start: 0, end: line.length } },
        ]);
      }),
    );
  });

  it('tells a name of 32 or more letters from the value that touches it', () => {
    const name = 'TcpExtTCPAnUncommonlyLongCounter';
    expect(name).toHaveLength(32);
    const table = parseNstat(`${name}140                0.0\n${name}Name7                0.0\n`);
    expect([...table].map((counter) => [counter.name, counter.value])).toEqual([
      [name, 140],
      [`${name}Name`, 7],
    ]);
    expect(table.diagnostics.map(({ severity, column }) => [severity, column])).toEqual([
      ['hint', 33],
      ['hint', 37],
    ]);
    expect(parseNstat('Icmp6OutType143 0.0\n').length).toBe(0);
  });

  it('warns of a counter that went down', () => {
    const table = parseNstat(readFixture('nstat-overflow.txt'));
    expect(table.value('TcpActiveOpens')).toBe(0);
    expect(table.value('TcpPassiveOpens')).toBe(22);
    expect(table.diagnostics).toMatchObject([
      { severity: 'warning', line: 2, found: '"(overflow)"' },
    ]);
  });

  it('takes what a person pasted, and says what it forgave', () => {
    const table = parseNstat(readFixture('nstat-pasted.txt'));
    expect([...table].map(({ name, value }) => [name, value])).toEqual([
      ['TcpRetransSegs', 165296],
      ['TcpExtTCPLostRetransmit', 842],
      ['TcpExtTCPChallengeACK', 140],
      ['TcpExtTCPSYNChallenge', 140],
      ['TcpExtTCPSynRetrans', 295],
    ]);
    const said = table.diagnostics.map(({ severity, line, column }) => [severity, line, column]);
    expect(said).toEqual([
      ['hint', 1, 1],
      ['hint', 5, 23],
      ['hint', 6, 23],
      ['hint', 7, 21],
    ]);
    expect(table.diagnostics[1]?.found).toBe('"￪"');
  });

  it.each([
    ['a comment', '# taken after the reboot'],
    ['a watch header', 'Every 1.0s: nstat -az                 node-1: Sat Feb  4 16:46:40 2023'],
    ['dots', '...'],
    ['a code fence', '```'],
    ['a prompt', '[root@node-1 ~]# nstat -zas'],
    ['a message of nstat', 'nstat: history is aged out, resetting'],
    ['a remark behind the counter', 'TcpRetransSegs    5    0.0   <-- grows'],
    ['a remark in brackets', 'TcpRetransSegs    5    0.0   (since noon)'],
  ])('forgives %s with a hint', (_, line) => {
    const table = parseNstat(`TcpInSegs   1   0.0\n${line}\nTcpOutSegs   2   0.0\n`);
    expect([table.value('TcpInSegs'), table.value('TcpOutSegs')]).toEqual([1, 2]);
    expect(table.diagnostics.map(({ severity, line }) => [severity, line])).toEqual([['hint', 2]]);
  });

  it.each([
    ['a letter for a digit', 'TcpRetransSegs 14O 0.0'],
    ['no value', 'TcpRetransSegs'],
    ['a rate of no point', 'TcpRetransSegs 140 0'],
    ['a word behind the rate', 'TcpRetransSegs 140 0.0 many'],
    ['a row of another table', 'FRAG      0         0         0'],
    ['prose', 'the counters were fine at noon'],
    ['a name no kernel has, and no rate', 'Port 22'],
    ['a value of more than 64 bits', 'TcpRetransSegs 999999999999999999999 0.0'],
  ])('reports a line with %s, and keeps its neighbours', (_, line) => {
    const table = parseNstat(`TcpInSegs   1   0.0\n${line}\nTcpOutSegs   2   0.0\n`);
    expect([...table].map(({ name }) => name)).toEqual(['TcpInSegs', 'TcpOutSegs']);
    expect(table.diagnostics.map(({ severity, line }) => [severity, line])).toEqual([['error', 2]]);
  });

  it('warns of a value that no number holds exactly, wherever it stands', () => {
    const value = '9007199254740993';
    const forms = [
      `IpExtInOctets                   ${value}   0.0\n`,
      `{"kernel":{"IpExtInOctets":${value}}}\n`,
      `IpExt:\n    InOctets: ${value}\n`,
      `IpExt: InOctets\nIpExt: ${value}\n`,
    ];
    for (const form of forms) {
      const table = parseNstat(form);
      expect(table.value('IpExtInOctets')).toBe(Number(value));
      expect(table.diagnostics).toMatchObject([{ severity: 'warning', found: `"${value}"` }]);
    }
    const largest = parseNstat('IpExtInOctets  18446744073709551615   0.0\n');
    expect(largest.at(0).value).toBe(2 ** 64);
    expect(parseNstat('IpExtInOctets  9007199254740991   0.0\n').diagnostics).toEqual([]);
  });

  it('warns where the input was cut inside a value', () => {
    const table = parseNstat('TcpInSegs   1   0.0\nTcpOutSegs   2');
    expect(table.value('TcpOutSegs')).toBe(2);
    expect(table.diagnostics).toMatchObject([{ severity: 'warning', line: 2, column: 14 }]);
    expect(parseNstat('TcpInSegs   1\nTcpOutSegs   2').diagnostics).toEqual([]);
  });

  it('reads all forms in one file, one after the other', () => {
    const table = parseNstat(
      [
        '$ nstat -zas',
        '#kernel',
        'TcpInSegs                       1                  0.0',
        '$ nstat -j',
        '{"kernel":{"TcpOutSegs":2}}',
        '$ netstat -s',
        'Tcp:',
        '    3 segments retransmitted',
        '$ cat /proc/net/snmp /proc/net/snmp6',
        'Tcp: OutRsts',
        'Tcp: 4',
        'Ip6InReceives                   \t5',
      ].join('\n'),
    );
    expect([...table].map(({ name, value, source }) => [name, value, source.line])).toEqual([
      ['TcpInSegs', 1, 3],
      ['TcpOutSegs', 2, 5],
      ['TcpRetransSegs', 3, 8],
      ['TcpOutRsts', 4, 11],
      ['Ip6InReceives', 5, 12],
    ]);
    expect(table.diagnostics.map(({ severity }) => severity)).toEqual(Array(4).fill('hint'));
  });

  it('has the types that it promises', () => {
    expectTypeOf(parseNstat).parameters.toEqualTypeOf<[input: string | Uint8Array]>();
    expectTypeOf(parseNstat).returns.toEqualTypeOf<NstatTable>();
    expectTypeOf<NstatTable['value']>().returns.toEqualTypeOf<number | null>();
    expectTypeOf(streamNstat).returns.toEqualTypeOf<AsyncIterable<NstatCounter>>();
    expectTypeOf<keyof NstatCounter>().toEqualTypeOf<'name' | 'value' | 'rate' | 'source'>();
    expect(parseNstat('').length).toBe(0);
  });
});
