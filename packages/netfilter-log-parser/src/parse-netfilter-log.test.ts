import { readFileSync } from 'node:fs';
import type { SourceSpan, Table } from '@tuplescope/scan';
import { describeParserContract } from '@tuplescope/scan/testing';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { NetfilterLogRecord } from './netfilter-log-record.ts';
import { parseNetfilterLog } from './parse-netfilter-log.ts';
import { streamNetfilterLog } from './stream-netfilter-log.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

const sample = fixture('linux-6.1.192-log-invalid.txt');
const line = sample.split('\n')[5] as string;

describeParserContract({
  name: 'parseNetfilterLog',
  parse: parseNetfilterLog,
  stream: streamNetfilterLog,
  sample,
  damage: [line, line.slice(0, line.indexOf(' DST='))],
  worstCase: (bytes) => 'IN=IN= OUT=SRC=[(OPT (['.repeat(Math.ceil(bytes / 23)),
});

describe('parseNetfilterLog on recordings', () => {
  it('reads every line of a dmesg with conntrack messages and says nothing', () => {
    const table = parseNetfilterLog(sample);
    expect(table.length).toBe(14);
    expect(table.diagnostics).toEqual([]);
  });

  it('gives all that a conntrack message has', () => {
    const start = sample.indexOf(line);
    expect(parseNetfilterLog(sample).at(5)).toEqual({
      at: null,
      prefix: 'nf_ct_proto_6: ',
      in: null,
      out: 'lo',
      src: '127.0.0.1',
      dst: '172.29.73.7',
      len: 52,
      ttl: 64,
      ipId: 60710,
      proto: 'TCP',
      sport: 15001,
      dport: 44410,
      flags: 'A',
      win: 512,
      reason: 'packet (index 3) in dir 1 ignored, state SYN_SENT',
      source: { line: 6, start, end: start + line.length },
      uptime: 205.838161,
      tos: 0,
      df: true,
      seq: 4192613205,
      ack: 1382665639,
      res: 0,
      urgp: 0,
      tcpOptions: '0101080A53BFF339D2325B95',
      uid: 1337,
      gid: 1337,
    });
  });

  it('dates the lines of dmesg -T, the same packets as those of dmesg', () => {
    const dated = parseNetfilterLog(fixture('linux-6.1.192-log-invalid-human-time.txt'));
    const times = [...dated].map(({ at }) => at);
    // date -u -d 'Sun Nov 22 23:09:41 2026' +%s
    expect(times.slice(0, 4)).toEqual([1795388981, 1795388981, 1795388981, 1795388982]);
    const packet = ({ at, uptime, timeOfDay, source, ...rest }: NetfilterLogRecord): object => rest;
    expect([...dated].map(packet)).toEqual([...parseNetfilterLog(sample)].map(packet));
  });

  it('reads the seven lines of a pasted piece and counts what stands around them', () => {
    const table = parseNetfilterLog(fixture('pasted-dmesg-follow.txt'));
    expect(table.length).toBe(7);
    // date -u -d '2023-02-04 16:46:40' +%s, then the retransmissions 1, 2, 4 … 32 s apart.
    expect([...table].map(({ at }) => (at ?? 0) - 1675529200)).toEqual([0, 1, 3, 7, 15, 31, 63]);
    expect(table.at(6)).toMatchObject({ sport: 44410, dport: 7777, flags: 'R', ipId: 0 });
    expect(table.diagnostics.map(({ severity, found }) => [severity, found])).toEqual([
      ['hint', '"sle:/ $ dmesg --follow-new -T -l debug"'],
    ]);
  });

  it('gives columns without making records', () => {
    const table = parseNetfilterLog(fixture('linux-5.4.59.txt'));
    expect([...table.column('dport')]).toEqual([...table].map(({ dport }) => dport));
    expect(table.column('flags').length).toBe(6);
  });
});

describe('parseNetfilterLog on a whole dmesg', () => {
  it('passes over other messages with one hint that counts them', () => {
    const noise = '[    1.000000] usb 1-1: new high-speed USB device number 2 using xhci_hcd\n';
    const table = parseNetfilterLog(`${noise.repeat(5000)}\n${line}\n${noise.repeat(3)}`);
    expect(table.length).toBe(1);
    expect(table.diagnostics.length).toBe(1);
    expect(table.diagnostics[0]).toMatchObject({ severity: 'hint', line: 1, column: 1 });
    expect(table.diagnostics[0]?.message).toMatch(
      /^expected a LOG line .*, found 5003 other lines/,
    );
  });

  it('gives the hint once at the end of a stream', async () => {
    const noise = `[    1.0] ${'x'.repeat(100)}\n`.repeat(30_000);
    const said: unknown[] = [];
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(noise);
      yield new TextEncoder().encode(noise);
    }
    const records: NetfilterLogRecord[] = [];
    const options = { onDiagnostic: (diagnostic: unknown) => said.push(diagnostic) };
    for await (const record of streamNetfilterLog(chunks(), options)) records.push(record);
    expect(records).toEqual([]);
    expect(said).toEqual([
      expect.objectContaining({ found: expect.stringMatching(/^60000 other/) }),
    ]);
  });
});

describe('the types', () => {
  it('are those of every parser', () => {
    expectTypeOf(parseNetfilterLog).returns.toExtend<Table<NetfilterLogRecord>>();
    expectTypeOf(streamNetfilterLog).returns.toExtend<AsyncIterable<NetfilterLogRecord>>();
    expectTypeOf<NetfilterLogRecord['at']>().toEqualTypeOf<number | null>();
    expectTypeOf<NetfilterLogRecord['source']>().toEqualTypeOf<SourceSpan>();
  });
});
