import { describe, expect, it } from 'vitest';
import { parsePcap } from './parse-pcap.ts';
import {
  block,
  bytesOf,
  ethernet,
  interfaceBlock,
  ipv4,
  numberBytes,
  option,
  packetBlock,
  pcapHeader,
  pcapRecord,
  sectionHeader,
  tcp,
} from './testing/capture-bytes.ts';

const frame = ethernet(ipv4(tcp()));
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('pcap', () => {
  it.each([
    [0xa1b2c3d4, true, 999_999_000],
    [0xa1b2c3d4, false, 999_999_000],
    [0xa1b23c4d, true, 999_999],
    [0xa1b23c4d, false, 999_999],
  ])('of magic %i, little-endian %s, has exact times', (magic, isLittle, nanoseconds) => {
    const record = pcapRecord(frame, { isLittle, seconds: 4_294_967_295, fraction: 999_999 });
    const { length, diagnostics, ...table } = parsePcap(
      bytesOf(pcapHeader({ magic, isLittle }), record),
    );
    expect([length, diagnostics]).toEqual([1, []]);
    expect(table.columns[0]?.seconds[0]).toBe(4_294_967_295);
    expect(table.columns[0]?.nanoseconds[0]).toBe(nanoseconds);
  });

  it.each([true, false])(
    'of the modified format has the interface, little-endian %s',
    (isLittle) => {
      const plain = pcapRecord(frame, { isLittle });
      const more = bytesOf(numberBytes(3, 4, isLittle), numberBytes(0x800, 2, isLittle), '0400');
      const record = bytesOf(plain.subarray(0, 16), more, frame);
      const table = parsePcap(bytesOf(pcapHeader({ magic: 0xa1b2cd34, isLittle }), record, record));
      expect([...table].map((row) => [row.interface, row.sport])).toEqual([
        ['#3', 40000],
        ['#3', 40000],
      ]);
      expect(table.diagnostics).toEqual([]);
    },
  );

  it('may have the length of a frame check sequence in its link type', () => {
    const header = pcapHeader({ linkType: 0x2400_0001 });
    expect(parsePcap(bytesOf(header, pcapRecord(frame))).length).toBe(1);
  });
});

describe('pcapng', () => {
  it('may have sections of either byte order, each with its interfaces', () => {
    const section = (isLittle: boolean, name: string): Uint8Array =>
      bytesOf(
        sectionHeader(isLittle),
        interfaceBlock(1, option(2, text(name), isLittle), isLittle),
        packetBlock(frame, 1_700_000_000_000_001n, 0, isLittle),
      );
    const table = parsePcap(
      bytesOf(section(true, 'eth0'), section(false, 'lo'), section(true, 'eth0')),
    );
    expect([...table].map((row) => [row.n, row.at, row.interface])).toEqual([
      [1, 1_700_000_000.000001, 'eth0'],
      [2, 1_700_000_000.000001, 'lo'],
      [3, 1_700_000_000.000001, 'eth0'],
    ]);
    expect(table.interfaces).toEqual([
      { name: 'eth0', linkType: 1 },
      { name: 'lo', linkType: 1 },
    ]);
  });

  it.each([
    ['no option, microseconds', '', 1_700_000_000_123_456n, 123_456_000],
    ['milliseconds', '03', 1_700_000_000_123n, 123_000_000],
    ['seconds', '00', 1_700_000_000n, 0],
    ['nanoseconds', '09', 1_700_000_000_123_456_789n, 123_456_789],
    ['picoseconds, cut to nanoseconds', '0c', 1_700_000_000_123_456_789_999n % 2n ** 64n, null],
    ['2^-20 seconds', '94', 1_700_000_000n * 2n ** 20n + 2n ** 19n, 500_000_000],
    ['2^-32 seconds, as of NTP', 'a0', 1_700_000_000n * 2n ** 32n + 2n ** 30n, 250_000_000],
  ])('has times in %s', (_, resolution, time, nanoseconds) => {
    const options = resolution === '' ? bytesOf() : option(9, bytesOf(resolution));
    const file = bytesOf(sectionHeader(), interfaceBlock(1, options), packetBlock(frame, time));
    const { columns } = parsePcap(file);
    if (nanoseconds === null) {
      // 2^64 picoseconds are seven months, so the file's time is what is left of ours.
      expect(columns[0]?.seconds[0]).toBe(Number(time / 10n ** 12n));
      expect(columns[0]?.nanoseconds[0]).toBe(Number((time % 10n ** 12n) / 1000n));
    } else {
      expect(columns[0]?.seconds[0]).toBe(1_700_000_000);
      expect(columns[0]?.nanoseconds[0]).toBe(nanoseconds);
    }
  });

  it('adds the offset that an interface gives to its times', () => {
    const offset = option(14, numberBytes(BigInt.asUintN(64, -3600n), 8, true));
    const file = bytesOf(
      sectionHeader(),
      interfaceBlock(1, offset),
      packetBlock(frame, 7_200_000_001n),
    );
    expect(parsePcap(file).at(0)).toMatchObject({ at: 3600.000001, nanoseconds: 1000 });
  });

  it('reads simple and old packet blocks, and passes over the others', () => {
    const simple = block(3, bytesOf(numberBytes(frame.length, 4, true), frame));
    const old = block(
      2,
      bytesOf(
        '0000 0000',
        numberBytes(0, 4),
        numberBytes(5, 4, true),
        numberBytes(frame.length, 4, true),
        numberBytes(frame.length, 4, true),
        frame,
      ),
    );
    const passed = [4, 5, 10, 9, 0xbad, 0x40000bad].map((type) => block(type, new Uint8Array(20)));
    const file = bytesOf(sectionHeader(), interfaceBlock(1), ...passed, simple, old);
    const table = parsePcap(file);
    expect([...table].map(({ n, at, nanoseconds }) => [n, at, nanoseconds])).toEqual([
      [1, null, undefined],
      [2, 0.000005, 5000],
    ]);
    expect(table.diagnostics).toEqual([]);
  });

  it('cuts a simple packet at the snap length of its interface', () => {
    const packet = ethernet(ipv4(tcp({ payload: new Uint8Array(200) })));
    const simple = block(3, bytesOf(numberBytes(packet.length, 4, true), packet.subarray(0, 64)));
    const file = bytesOf(sectionHeader(), interfaceBlock(1, bytesOf(), true, 64), simple);
    expect(parsePcap(file).at(0)).toMatchObject({ len: 200, truncated: true });
  });

  it('names types of blocks that are not defined', () => {
    const file = bytesOf(
      sectionHeader(),
      interfaceBlock(1),
      block(0x77, new Uint8Array(4)),
      packetBlock(frame, 1n),
    );
    const table = parsePcap(file);
    expect(table.length).toBe(1);
    expect(table.diagnostics.map(({ severity, found }) => [severity, found])).toEqual([
      ['hint', '0x00000077, passed over'],
    ]);
  });
});
