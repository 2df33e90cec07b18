import { describe, expect, it } from 'vitest';
import { parsePcap } from './parse-pcap.ts';
import type { PcapTable } from './pcap-table.ts';
import {
  block,
  bytesOf,
  ethernet,
  interfaceBlock,
  ipv4,
  numberBytes,
  packetBlock,
  pcapHeader,
  pcapRecord,
  sectionHeader,
  tcp,
} from './testing/capture-bytes.ts';

const RECORD = 16 + 14 + 20 + 20;
const BLOCK = 32 + 56;

const frames = Array.from({ length: 9 }, (_, seq) => ethernet(ipv4(tcp({ seq: seq + 1 }))));
const records = frames.map((frame, i) => pcapRecord(frame, { seconds: 1_700_000_000 + i }));
const blocks = frames.map((frame, i) => packetBlock(frame, 1_700_000_000_000_000n + BigInt(i)));
const sequence = (table: PcapTable): unknown[] => [...table].map(({ seq }) => seq);
const errors = (table: PcapTable): unknown[] =>
  table.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ start, end }) => [start, end]);

describe('a pcap', () => {
  const file = bytesOf(pcapHeader(), ...records);
  const offset = (i: number): number => 24 + i * RECORD;
  const changed = (at: number, bytes: Uint8Array): PcapTable => {
    const copy = file.slice();
    copy.set(bytes, at);
    return parsePcap(copy);
  };

  it('cut anywhere gives the packets before, and says where it is cut', () => {
    for (let length = 0; length < file.length; length++) {
      const table = parsePcap(file.subarray(0, length));
      const whole = Math.max(0, Math.floor((length - 24) / RECORD));
      expect(table.length).toBe(whole);
      const isWhole = length >= 24 && (length - 24) % RECORD === 0;
      const start = length < 24 ? 0 : offset(whole);
      expect(errors(table)).toEqual(isWhole || length === 0 ? [] : [[start, length]]);
    }
  });

  it.each([
    ['over the rest of the file', 200_000],
    ['over any packet', 0xffff_ffff],
    ['too large', 100],
    ['too small', 20],
    ['of zero', 0],
  ])('with a captured length %s loses that packet only', (_, captured) => {
    const table = changed(offset(3) + 8, numberBytes(captured, 4, true));
    expect(sequence(table)).toEqual([1, 2, 3, 5, 6, 7, 8, 9]);
    expect(errors(table)).toEqual([[offset(3), offset(4)]]);
  });

  it('with a hole of zeros gives what is before and after it', () => {
    const table = changed(offset(2), new Uint8Array(3 * RECORD + 11));
    expect(sequence(table)).toEqual([1, 2, 7, 8, 9]);
    expect(errors(table)).toEqual([[offset(2), offset(6)]]);
  });

  it('with bytes lost in the middle gives what is before and after them', () => {
    const table = parsePcap(
      bytesOf(file.subarray(0, offset(4) + 9), file.subarray(offset(6) + 30)),
    );
    expect(sequence(table)).toEqual([1, 2, 3, 4, 8, 9]);
  });

  it('with lengths over the snap length gives all, and says so once', () => {
    const table = parsePcap(bytesOf(pcapHeader({ snapLength: 40 }), ...records));
    expect(sequence(table)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(table.diagnostics.map(({ severity, start, found }) => [severity, start, found])).toEqual(
      [['warning', 24, '54 bytes, the first of 9']],
    );
  });

  it('with a snap length of zero gives all, and says so', () => {
    const table = parsePcap(bytesOf(pcapHeader({ snapLength: 0 }), ...records));
    expect(table.length).toBe(9);
    expect(table.diagnostics.map(({ severity, start }) => [severity, start])).toEqual([
      ['warning', 0],
    ]);
  });

  it('with times that run backwards gives all in the order of the file', () => {
    const table = parsePcap(bytesOf(pcapHeader(), ...records.toReversed()));
    expect(sequence(table)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(table.diagnostics.map(({ severity, start, found }) => [severity, start, found])).toEqual(
      [['hint', offset(1), 'packet 2 before the one it follows, the first of 8']],
    );
  });

  it('of cut packets that do not fill the snap length, months apart, is not damaged', () => {
    const cut = [0, 1, 2].map((i) =>
      pcapRecord((frames[i] as Uint8Array).subarray(0, 50), {
        wire: 54,
        seconds: 1_600_000_000 + i * 20_000_000,
      }),
    );
    const table = parsePcap(bytesOf(pcapHeader(), ...cut));
    expect([...table].map(({ seq, truncated }) => [seq, truncated])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
    expect(table.diagnostics).toEqual([]);
  });

  it('with fractions of a second over one carries them', () => {
    const record = pcapRecord(frames[0] as Uint8Array, { fraction: 2_500_000 });
    const table = parsePcap(bytesOf(pcapHeader(), record, record));
    expect(table.at(0).at).toBe(1_700_000_002.5);
    expect(table.diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
  });

  it('with more captured than was on the wire gives the packet', () => {
    const odd = pcapRecord(frames[0] as Uint8Array, { wire: 30 });
    const table = parsePcap(bytesOf(pcapHeader(), odd, records[1] as Uint8Array));
    expect(sequence(table)).toEqual([1, 2]);
    expect(table.diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
  });

  it('is told from what is none', () => {
    const table = parsePcap(bytesOf('1f8b 0800', new Uint8Array(60)));
    expect(table.diagnostics.map(({ message }) => message)).toEqual([
      'expected the first bytes of a pcap or pcapng, found 0x1f8b0800, gzip: unpack it first',
    ]);
  });
});

describe('a pcapng', () => {
  const head = bytesOf(sectionHeader(), interfaceBlock(1));
  const file = bytesOf(head, ...blocks);
  const offset = (i: number): number => head.length + i * BLOCK;
  const changed = (at: number, value: number): PcapTable => {
    const copy = file.slice();
    copy.set(numberBytes(value, 4, true), at);
    return parsePcap(copy);
  };

  it('cut anywhere gives the packets before, and says where it is cut', () => {
    for (let length = head.length; length < file.length; length++) {
      const table = parsePcap(file.subarray(0, length));
      const whole = Math.floor((length - head.length) / BLOCK);
      expect(table.length).toBe(whole);
      expect(errors(table)).toEqual(length === offset(whole) ? [] : [[offset(whole), length]]);
    }
  });

  it.each([
    ['zero', 0],
    ['eight', 8],
    ['more than there is', 90_000],
    ['more than any', 0xffff_fff0],
    ['too much', BLOCK + 4],
    ['too little', BLOCK - 4],
  ])('with a block length of %s loses that block only', (_, length) => {
    const table = changed(offset(3) + 4, length);
    expect(sequence(table)).toEqual([1, 2, 3, 5, 6, 7, 8, 9]);
    expect(errors(table)).toEqual([[offset(3), offset(4)]]);
  });

  it('with a captured length over its block loses that packet only, and counts it', () => {
    const table = changed(offset(3) + 20, 0xffff);
    expect([...table].map(({ n }) => n)).toEqual([1, 2, 3, 5, 6, 7, 8, 9]);
    expect(errors(table)).toEqual([[offset(3), offset(4)]]);
  });

  it('with packets of an interface that is not described says so once', () => {
    const table = parsePcap(bytesOf(head, packetBlock(frames[0] as Uint8Array, 1n, 7), ...blocks));
    expect([...table].map(({ n }) => n)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(errors(table)).toEqual([[head.length, head.length + BLOCK]]);
  });

  it('with a description that cannot be read keeps the numbers of the others', () => {
    const broken = block(1, new Uint8Array(4));
    const packets = [packetBlock(frames[0] as Uint8Array, 1n, 1)];
    const table = parsePcap(bytesOf(sectionHeader(), broken, interfaceBlock(1), ...packets));
    expect(sequence(table)).toEqual([1]);
  });

  it('with a damaged section header is read as far as its blocks tell', () => {
    const broken = file.slice();
    // The byte order magic.
    broken.set([1, 2, 3, 4], 8);
    const table = parsePcap(bytesOf(broken, file));
    expect(sequence(table)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
