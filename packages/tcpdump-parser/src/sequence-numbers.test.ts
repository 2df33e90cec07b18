import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MAX_CONNECTIONS } from './connection-memory.ts';
import { parseTcpdump } from './parse-tcpdump.ts';
import type { TcpdumpSegment } from './tcpdump-segment.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

/** The numbers on the wire as a record gives them: derived where it says that they are relative. */
function onTheWire({ seq, ack, relative, absolute, options }: TcpdumpSegment): unknown[] {
  const sack = absolute?.sack ?? options?.sack;
  return relative ? [absolute?.seq, absolute?.ack, sack] : [seq, ack, sack];
}

/** The same of a record of `-S -vv`, without the sequence numbers that the other text leaves out. */
function truth(segment: TcpdumpSegment, printed: TcpdumpSegment): unknown[] {
  const hasSeq = printed.seq !== undefined || printed.absolute?.basis === 'hex';
  return [hasSeq ? segment.seq : undefined, segment.ack, segment.options?.sack];
}

/** One line of TCP text; the time does not matter here. */
const line = (from: string, to: string, flags: string, rest: string): string =>
  `12:00:00.0 IP ${from} > ${to}: Flags [${flags}], ${rest}, win 1, length 0`;
const A = '10.0.0.1.40000';
const B = '10.0.0.2.80';
const there = (flags: string, rest: string): string => line(A, B, flags, rest);
const back = (flags: string, rest: string): string => line(B, A, flags, rest);
const parsed = (...lines: string[]): TcpdumpSegment[] => [...parseTcpdump(lines.join('\n'))];

describe('sequence numbers', () => {
  it('come out as tcpdump -S prints them, after a port was used again too', () => {
    const segments = [...parseTcpdump(fixture('port-reuse-lo.txt'))];
    const absolute = [...parseTcpdump(fixture('port-reuse-lo-S.txt'))];
    expect(segments.map(onTheWire)).toEqual(absolute.map((s, i) => truth(s, segments[i] ?? s)));
    // The second connection's numbers count from the first one's: 226623071 is no absolute number.
    const reused = segments.find(({ ack }) => ack === 226623071);
    expect(reused).toMatchObject({ relative: true, absolute: { ack: 3524298384 } });
  });

  it('come out right of every form, hex dumps too', () => {
    const absolute = [...parseTcpdump(fixture('forms-S-vv.txt'))];
    for (const name of [
      'forms.txt',
      'forms-v.txt',
      'forms-X.txt',
      'forms-XX.txt',
      'forms-tt.txt',
    ]) {
      const segments = [...parseTcpdump(fixture(name))];
      const expected = segments.map((s, i) => truth(absolute[i] ?? s, s));
      expect(segments.map(onTheWire)).toEqual(expected);
      expect(segments.some(({ relative }) => relative)).toBe(true);
    }
  });

  it('are never called relative in the text of -S', () => {
    for (const name of ['forms-S-vv.txt', 'port-reuse-lo-S.txt']) {
      const segments = [...parseTcpdump(fixture(name))];
      expect(segments.filter(({ relative, absolute }) => relative || absolute)).toEqual([]);
    }
  });

  it('of a challenge ACK are absolute in the first and relative in the next', () => {
    const segments = [...parseTcpdump(fixture('pasted-istio-43301.txt'))];
    const challenges = segments.filter(({ flags }) => flags === 'A');
    expect(challenges[0]).toMatchObject({ ack: 1382665639 });
    expect(challenges[0]?.relative).toBeUndefined();
    for (const later of challenges.slice(1)) {
      expect(later).toMatchObject({ ack: 1, relative: true });
      expect(later.absolute).toEqual({ ack: 1382665639, basis: 'printed' });
    }
    const resets = segments.filter(({ flags }) => flags === 'R');
    expect(resets.map(({ seq, relative }) => [seq, relative])).toEqual(
      new Array(7).fill([1382665639, undefined]),
    );
  });

  it('rest on the SYN where tcpdump counts from a bare ACK', () => {
    // Of a redirected connection the capture shows this half only, so there is no SYN with ACK.
    const [, , data] = parsed(
      there('S', 'seq 1000'),
      there('.', 'ack 500000001'),
      there('P.', 'seq 0:4, ack 1'),
    );
    expect(data).toMatchObject({ seq: 0, ack: 1, relative: true });
    expect(data?.absolute).toEqual({ seq: 1001, ack: 500000001, basis: 'syn' });
  });

  it('wrap around', () => {
    const [, , data] = parsed(
      there('S', 'seq 4294967290'),
      back('S.', 'seq 4294967295, ack 4294967291'),
      there('P.', 'seq 10:14, ack 1'),
    );
    expect(data?.absolute).toEqual({ seq: 4, ack: 0, basis: 'printed' });
  });

  it('of a refused SYN are absolute, though the sequence number is 0', () => {
    const [, first, , second] = parsed(
      there('S', 'seq 3000000000'),
      back('R.', 'seq 0, ack 3000000001'),
      there('S', 'seq 3000000000'),
      back('R.', 'seq 0, ack 1'),
    );
    expect(first?.relative).toBeUndefined();
    expect(second).toMatchObject({ relative: true, absolute: { seq: 0, ack: 3000000001 } });
  });

  it('count from each SYN with ACK anew', () => {
    const segments = parsed(
      back('S.', 'seq 2000000000, ack 1000000001'),
      there('.', 'ack 1'),
      back('S.', 'seq 3500000000, ack 1700000001'),
      there('.', 'ack 1'),
    );
    expect(segments.map(({ relative }) => relative)).toEqual([undefined, true, undefined, true]);
    expect(segments[3]?.absolute).toEqual({ ack: 3500000001, basis: 'printed' });
  });

  it('are relative to something unknown where the text begins in the middle', () => {
    const [first, second] = parsed(there('P.', 'seq 1:5, ack 1'), back('.', 'ack 5'));
    expect(first).toMatchObject({ seq: 1, ack: 1, relative: true });
    expect(second).toMatchObject({ ack: 5, relative: true });
    expect([first?.absolute, second?.absolute]).toEqual([undefined, undefined]);
  });

  it('count anew when tcpdump is started anew', () => {
    const again =
      'tcpdump: listening on eth0, link-type EN10MB (Ethernet), capture size 262144 bytes';
    const first = there('.', 'ack 2000000001');
    const segments = parsed(first, there('.', 'ack 5'), again, first, there('.', 'ack 5'));
    expect(segments.map(({ relative }) => relative)).toEqual([undefined, true, undefined, true]);
  });

  it('of SACK blocks are relative even in the first segment of a connection', () => {
    const sack = 'options [nop,nop,sack 1 {11:21}]';
    const text = `12:00:00.0 IP ${A} > ${B}: Flags [.], ack 2000000001, win 1, ${sack}, length 0`;
    const [first] = parsed(text);
    expect(first?.relative).toBeUndefined();
    expect(first?.absolute).toEqual({ sack: [[2000000011, 2000000021]], basis: 'printed' });
  });

  it('warns when it has to forget connections, and remembers those in use', () => {
    const used = there('.', 'ack 5');
    const lines = [back('S.', 'seq 2000000000, ack 1000000001')];
    for (let i = 0; i < MAX_CONNECTIONS * 2; i++) {
      const from = `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}.50000`;
      lines.push(line(from, B, '.', 'ack 3000000001'));
      if (i % 20_000 === 0) lines.push(used);
    }
    const table = parseTcpdump([...lines, used].join('\n'));
    expect(table.at(table.length - 1).absolute).toEqual({ ack: 2000000005, basis: 'printed' });
    expect(table.diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
    expect(table.diagnostics[0]?.message).toMatch(/^expected at most 65536 connections/);
  });
});
