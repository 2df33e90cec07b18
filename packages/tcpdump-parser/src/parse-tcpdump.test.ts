import { readFileSync } from 'node:fs';
import type { TcpSegment } from '@tuplescope/net';
import { describeParserContract } from '@tuplescope/scan/testing';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { parseTcpdump } from './parse-tcpdump.ts';
import { streamTcpdump } from './stream-tcpdump.ts';
import type { TcpdumpSegment } from './tcpdump-segment.ts';
import type { TcpdumpTable } from './tcpdump-table.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

const sample = fixture('any.txt');
const line = sample.split('\n').findLast((text) => text.includes('Flags [.]')) as string;

describeParserContract({
  name: 'parseTcpdump',
  parse: parseTcpdump,
  stream: streamTcpdump,
  sample,
  damage: [line, line.replace('Flags [.]', 'Flags [~]')],
  worstCase: (bytes) => '12:00:00 IP (((a.1 > b.2: Flags [[S.], options [[[{,'.repeat(bytes / 52),
});

/** The segment that a fixture shows on a line, from 1. */
function segmentAt(table: TcpdumpTable, lineNumber: number): TcpdumpSegment {
  const found = [...table].find(({ source }) => source.line === lineNumber);
  if (found === undefined) throw new Error(`no segment begins on line ${lineNumber}`);
  return found;
}

const errors = (table: TcpdumpTable): string[] =>
  table.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);

describe('parseTcpdump', () => {
  it('reads the two lines of -v as one record', () => {
    const text = fixture('port-reuse-lo.txt');
    const table = parseTcpdump(text);
    const first = table.at(0);
    expect(first).toEqual({
      n: 1,
      at: Date.UTC(2026, 10, 22, 23, 26, 50) / 1000 + 0.185981,
      src: '172.29.73.7',
      sport: 44410,
      dst: '127.0.0.1',
      dport: 15001,
      flags: 'S',
      seq: 2082340709,
      win: 62720,
      len: 0,
      options: { mss: 8960, sackOK: true, ts: [736200514, 0], wscale: 7 },
      ipId: 44813,
      ttl: 64,
      tos: 0,
      df: true,
      ipLength: 60,
      checksum: { value: 0x7454, correct: false, expected: 0xaad2 },
      truncated: false,
      source: { line: 1, start: 0, end: text.indexOf('\n', text.indexOf('\n') + 1) },
    });
    expect(table.length).toBe(text.split('Flags [').length - 1);
    expect(table.diagnostics).toEqual([]);
  });

  it('reads every segment of every form, and nothing else', () => {
    for (const name of ['forms.txt', 'forms-v.txt']) {
      const text = fixture(name);
      const table = parseTcpdump(text);
      // One line is TCP without flags: "tcp 8 [bad hdr length …".
      const shown = text.split(': Flags [').length - 1 + text.split(':  tcp ').length - 1;
      expect(table.length).toBe(shown);
      expect(errors(table)).toEqual([]);
    }
  });

  it('gives the same of a packet whatever the options of tcpdump', () => {
    const truth = parseTcpdump(fixture('forms-S-vv.txt'));
    const common = ({ n, src, sport, dst, dport, flags, win, len, urg }: TcpdumpSegment) =>
      ({ n, src, sport, dst, dport, flags, win, len, urg }) as const;
    for (const name of ['forms.txt', 'forms-v.txt', 'forms-X.txt', 'forms-xx.txt', 'forms-A.txt']) {
      const table = parseTcpdump(fixture(name));
      const segments = [...table].map(common);
      expect(segments).toEqual([...truth].slice(0, table.length).map(common));
      expect(errors(table)).toEqual([]);
    }
  });

  it('reads flags, urgent pointers and payload descriptions', () => {
    const table = parseTcpdump(fixture('forms.txt'));
    expect(segmentAt(table, 6)).toMatchObject({ flags: 'PAU', urg: 3, len: 10, payload: 'HTTP' });
    expect(segmentAt(table, 10)).toMatchObject({ flags: '', win: 502 });
    expect(segmentAt(table, 12)).toMatchObject({ flags: 'SEW' });
    expect(segmentAt(table, 33).payload).toBe('HTTP: GET / HTTP/1.1');
    expect(segmentAt(table, 37).payload).toBe('[telnet WILL ECHO]');
    const verbose = parseTcpdump(fixture('forms-v.txt'));
    expect(segmentAt(verbose, 15).payload).toBe('[RST+ connection refused by policy o]');
    expect(segmentAt(verbose, 65).payload).toBe('HTTP, length: 27\nGET / HTTP/1.1\nHost: x');
  });

  it('reads the AE flag in the order of the letters', () => {
    const text = '12:00:00.1 IP 10.0.0.1.1 > 10.0.0.2.2: Flags [SEWe], seq 5, win 1, length 0';
    expect(parseTcpdump(text).at(0).flags).toBe('SEWe');
  });

  it('reads the IP headers of both versions', () => {
    const table = parseTcpdump(fixture('forms-v.txt'));
    expect(segmentAt(table, 86)).toMatchObject({ tos: 3, ttl: 1, ipId: 65535, df: false });
    expect(segmentAt(table, 88)).toMatchObject({ ttl: 64, ipLength: 40 });
    expect(segmentAt(table, 103)).toMatchObject({
      src: '2001:db8::1',
      sport: 50000,
      dst: 'fe80::2',
      dport: 443,
      tos: 0x49,
      flowLabel: 0x12345,
      ttl: 3,
      ipLength: 23,
      len: 3,
    });
    expect(segmentAt(table, 107)).toMatchObject({ src: '::1', dst: '::ffff:10.0.0.9', dport: 443 });
  });

  it('finds the ports behind extension headers, and the segment inside a tunnel', () => {
    const table = parseTcpdump(fixture('forms-v.txt'));
    for (const at of [104, 105]) {
      expect(segmentAt(table, at)).toMatchObject({ src: '2001:db8::1', sport: 50001, dport: 443 });
    }
    expect(segmentAt(table, 155)).toMatchObject({ src: '10.0.0.1', sport: 7000, dport: 7001 });
    const inner = {
      src: '192.168.0.1',
      sport: 1111,
      dst: '192.168.0.2',
      dport: 2222,
      ipLength: 40,
    };
    for (const at of [108, 113, 117, 119]) expect(segmentAt(table, at)).toMatchObject(inner);
    // The packet inside is not a packet of its own.
    expect([108, 113, 117, 119].map((at) => segmentAt(table, at).n)).toEqual([53, 54, 55, 56]);
  });

  it('keeps what is left of cut headers, and says which are too short', () => {
    const table = parseTcpdump(fixture('forms.txt'));
    expect(segmentAt(table, 64)).toMatchObject({ truncated: true, len: 50, options: {} });
    expect(segmentAt(table, 67)).toMatchObject({
      truncated: true,
      len: 348,
      options: { ts: [5, 6] },
    });
    const short = table.diagnostics.filter(({ severity }) => severity === 'warning');
    expect(short.map(({ line: at }) => at)).toEqual([61, 62, 63]);
    expect(short[0]?.message).toBe('expected a TCP header with its flags, found "[|tcp]"');
  });

  it('counts the packets that are not TCP in one hint, the last', () => {
    const { diagnostics } = parseTcpdump(sample);
    const others = sample.trim().split('\n').length - (sample.split('Flags [').length - 1);
    expect(diagnostics.length).toBe(1);
    expect(diagnostics[0]).toMatchObject({ severity: 'hint', line: 1 });
    expect(diagnostics[0]?.message).toContain(
      `found ${others} packets that are not TCP, the first of them "22:`,
    );
  });

  it('numbers every packet, TCP or not', () => {
    const text = fixture('plain.txt');
    const lines = text.split('\n');
    for (const { n, source } of parseTcpdump(text)) {
      expect(n).toBe(source.line);
      expect(lines[n - 1]).toContain('Flags [');
    }
  });

  it('reads interface and direction of -i any, and the link header of -e', () => {
    const first = parseTcpdump(sample).at(0);
    expect(first).toMatchObject({ interface: 'lo', direction: 'In', src: '10.77.0.1', n: 7 });
    const cooked = parseTcpdump(fixture('any-cooked-v1-e-nano.txt')).at(0);
    expect(cooked).toMatchObject({ direction: 'In', srcMac: '00:00:00:00:00:00', sport: 44410 });
    expect(cooked.interface).toBeUndefined();
    const ethernet = parseTcpdump(fixture('forms-e.txt'));
    const macs = { srcMac: '02:00:00:00:00:01', dstMac: '02:00:00:00:00:02' };
    expect(ethernet.at(0)).toMatchObject(macs);
    expect(ethernet.at(0).vlan).toBeUndefined();
    expect(segmentAt(ethernet, 4)).toMatchObject({ ...macs, vlan: [100], sport: 40010 });
    expect(segmentAt(ethernet, 5)).toMatchObject({ ...macs, vlan: [100, 200], sport: 40010 });
    expect(errors(ethernet)).toEqual([]);
  });

  it('says of a -q line that its flags are not known', () => {
    const table = parseTcpdump(fixture('forms-q.txt'));
    expect(table.length).toBe(4);
    expect(table.at(3)).toMatchObject({ flags: '', quiet: true, len: 5, dport: 8080 });
    expect(table.at(3).seq).toBeUndefined();
  });

  it('reads names, and ports by the services that it knows', () => {
    const table = parseTcpdump(fixture('forms-names.txt'));
    expect(table.at(0)).toMatchObject({ sport: 40000, dport: 8080, dportName: 'http-alt' });
    const text =
      '12:00:01.5 IP db.example.org.odd-name > a-b.4000: Flags [S], seq 7, win 1, length 0';
    const odd = parseTcpdump(`${text}\n${text}`);
    expect(odd.at(0)).toMatchObject({ src: 'db.example.org', sport: 0, sportName: 'odd-name' });
    expect(odd.at(0)).toMatchObject({ dst: 'a-b', dport: 4000 });
    expect(odd.diagnostics.map(({ message }) => message)).toEqual([
      'expected a port number (tcpdump -n) or a known service name, found "odd-name"',
    ]);
  });

  it('keeps the bytes of a hex dump, with or without text beside', () => {
    const plain = parseTcpdump(fixture('forms-x.txt'));
    const withText = parseTcpdump(fixture('forms-X.txt'));
    const hex = [
      '4500003c00014000400626b90a0000010a000002',
      '9c401f903b9aca0000000000a00201f670380000',
      '020405b40402080a000000640000000001030307',
    ].join('');
    expect(plain.at(0).hex).toBe(hex);
    expect([...withText].map((segment) => segment.hex)).toEqual(
      [...plain].map((segment) => segment.hex),
    );
    const linked = parseTcpdump(fixture('forms-XX.txt'));
    expect(linked.at(0).hex).toBe(`0200000000020200000000010800${hex}`);
    expect(linked.at(0).hex).toBe(parseTcpdump(fixture('forms-xx.txt')).at(0).hex);
  });

  it('says where a line of a hex dump is missing', () => {
    const lines = fixture('forms-x.txt').split('\n');
    const table = parseTcpdump([...lines.slice(0, 2), ...lines.slice(3)].join('\n'));
    expect(errors(table)[0]).toMatch(/^expected the next line of the hex dump, found "0x0020:/);
    expect(table.length).toBe(8);
  });

  it('passes over the payload text of -A with one hint', () => {
    const table = parseTcpdump(fixture('forms-A.txt'));
    expect(table.length).toBe(8);
    expect(table.diagnostics.map(({ severity, line: at }) => [severity, at])).toEqual([
      ['hint', 2],
    ]);
  });

  it('forgives what people paste, and remembers the interface that tcpdump listens on', () => {
    const text = fixture('pasted-istio-43301.txt');
    const table = parseTcpdump(text);
    expect(table.length).toBe(21);
    const comments = text.split('\n').filter((each) => each.startsWith('#')).length;
    const prompts = text.split('\n').filter((each) => each.includes('sudo tcpdump')).length;
    expect(table.diagnostics.map(({ severity }) => severity)).toEqual(
      new Array<string>(comments + prompts).fill('hint'),
    );
    const interfaces = [...table].map((segment) => segment.interface);
    expect(interfaces).toEqual([
      ...new Array<string>(14).fill('lo'),
      ...new Array<string>(7).fill('eth0'),
    ]);
  });

  it('reads the dialect of tcpdump 4.0 and before', () => {
    const table = parseTcpdump(fixture('old.txt'));
    expect(errors(table)).toEqual([]);
    expect(table.length).toBe(8);
    expect(table.at(0)).toMatchObject({
      interface: 'eth0',
      flags: 'S',
      seq: 2844323318,
      win: 5840,
      len: 0,
      options: { mss: 1460, sackOK: true, ts: [61612, 0], wscale: 5 },
      tos: 0x10,
      ttl: 64,
      ipId: 7514,
      checksum: { value: 0x0dcf, correct: true },
    });
    expect(table.at(1)).toMatchObject({ flags: 'SA', ack: 2844323319, ttl: 63 });
    // The dot means "none of S, F, R, P"; ACK is set because `ack` is printed.
    expect(table.at(2)).toMatchObject({ flags: 'A', ack: 1, relative: true });
    expect(table.at(3)).toMatchObject({ flags: 'PA', seq: 1, len: 25 });
    expect(table.at(3).absolute).toEqual({ seq: 2844323319, ack: 1209330086, basis: 'printed' });
    expect(table.at(4)).toMatchObject({ options: { sack: [[27, 30]] } });
    expect(table.at(5)).toMatchObject({ flags: 'FPAU', urg: 4, len: 4 });
    expect(table.at(6)).toMatchObject({ flags: 'R', seq: 1209330086 });
    expect(table.at(6).relative).toBeUndefined();
    expect(table.at(7)).toMatchObject({ df: true, tos: 0x10, ttl: 64, ipId: 42, ipLength: 60 });
  });

  it('reads second lines of -v whose first lines were cut out', () => {
    const kept = fixture('port-reuse-lo.txt')
      .split('\n')
      .filter((text) => text.includes('Flags ['));
    const table = parseTcpdump(kept.join('\n'));
    expect(table.length).toBe(kept.length);
    expect(table.at(0)).toMatchObject({ at: null, seq: 2082340709, n: 1 });
  });

  it('loses of two lines only the packet that they show', () => {
    const lines = fixture('port-reuse-lo.txt').trimEnd().split('\n');
    lines[0] = (lines[0] as string).replace('length 60)', 'length 60');
    const table = parseTcpdump(lines.join('\n'));
    expect(table.length).toBe(lines.length / 2 - 1);
    expect(errors(table)).toEqual([
      expect.stringMatching(/^expected a "\)" after the IP header, found the end of the line$/),
    ]);
    const [, , ...rest] = lines;
    const alone = parseTcpdump([lines[0]?.replace('length 60', 'length 60)'), ...rest].join('\n'));
    expect(errors(alone)[0]).toContain('expected a TCP header below the IP header, found "2026-');
    expect(alone.length).toBe(lines.length / 2 - 1);
  });

  it('warns where the kernel dropped packets', () => {
    const end = '14 packets captured\n14 packets received by filter\n3 packets dropped by kernel\n';
    const { diagnostics } = parseTcpdump(`${line}\n${end}`);
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['hint', 'hint', 'warning']);
    expect(diagnostics[2]?.message).toBe(
      'expected a capture that is complete, found "3 packets dropped by kernel"',
    );
  });

  it('does not read numbers that no header can hold', () => {
    const good = '12:00:00.1 IP 10.0.0.1.1 > 10.0.0.2.2: Flags [S], seq 5, win 1, length 0';
    const bad = [
      good.replace('seq 5', 'seq 4294967296'),
      good.replace('win 1', 'win 65536'),
      good.replace('10.0.0.1.1', '10.0.0.256.1'),
      good.replace('10.0.0.2.2', '10.0.0.2.65536'),
      good.replace('length 0', 'length'),
      good.replace('[S]', '[X]'),
    ];
    const table = parseTcpdump([good, ...bad].join('\n'));
    expect(table.length).toBe(1);
    expect(table.diagnostics.map((d) => [d.severity, d.line])).toEqual(
      bad.map((_, i) => ['error', i + 2]),
    );
  });

  it('gives records that any consumer of segments takes', () => {
    expectTypeOf<TcpdumpSegment>().toExtend<TcpSegment>();
    expectTypeOf(parseTcpdump('').at).returns.toEqualTypeOf<TcpdumpSegment>();
    expectTypeOf<TcpdumpSegment['relative']>().toEqualTypeOf<true | undefined>();
    expect(parseTcpdump('').length).toBe(0);
  });
});
