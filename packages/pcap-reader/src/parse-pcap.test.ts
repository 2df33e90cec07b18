import { expect, expectTypeOf, it } from 'vitest';
import { parsePcap } from './parse-pcap.ts';
import type { PcapSegment } from './pcap-segment.ts';
import type { PcapTable } from './pcap-table.ts';
import { bytesOf, ethernet, ipv4, pcapHeader, pcapRecord, tcp } from './testing/capture-bytes.ts';
import { FIXTURES, readFixture } from './testing/fixture.ts';

it('gives a table of segments', () => {
  expectTypeOf(parsePcap).returns.toEqualTypeOf<PcapTable>();
  expectTypeOf<PcapTable['at']>().returns.toEqualTypeOf<PcapSegment>();
  expect(parsePcap(new Uint8Array(0)).length).toBe(0);
});

it('reads a recorded SYN into all its fields', () => {
  // Worked out from `xxd port-reuse-lo.pcap`; the sender left the checksum to its network card.
  expect(parsePcap(readFixture('port-reuse-lo.pcap')).at(0)).toEqual({
    n: 1,
    at: 1795386267.648235,
    nanoseconds: 648_235_000,
    src: '10.77.0.1',
    sport: 44410,
    dst: '127.0.0.1',
    dport: 15001,
    flags: 'S',
    seq: 0x55fc587c,
    win: 64240,
    checksum: { value: 0x897d, correct: false, expected: 0x2704 },
    len: 0,
    options: { mss: 1460, sackOK: true, ts: [0x2d8ad8a2, 0], wscale: 10 },
    ipId: 0x94ac,
    ttl: 64,
    tos: 0,
    df: true,
    ipLength: 60,
    truncated: false,
    source: { line: 1, start: 24, end: 24 + 16 + 74 },
  });
});

it.each(FIXTURES)('gives the records of %s in their order, by index and by iteration', (name) => {
  const table = parsePcap(readFixture(name));
  const rows = [...table];
  expect(rows.length).toBe(table.length);
  expect(rows.map((_, row) => table.at(row))).toEqual(rows);
  expect(() => table.at(table.length)).toThrow(RangeError);
  const numbers = rows.map(({ n }) => n);
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
});

it('counts the packets that are not TCP, and names them', () => {
  const arp = pcapRecord(ethernet(new Uint8Array(28), '0806'));
  const udp = pcapRecord(ethernet(ipv4(new Uint8Array(8), 17)));
  const table = parsePcap(bytesOf(pcapHeader(), arp, udp, udp, pcapRecord(ethernet(ipv4(tcp())))));
  expect(table.at(0).n).toBe(4);
  expect(table.packets).toBe(4);
  expect(
    table.diagnostics.map(({ severity, start, message }) => [severity, start, message]),
  ).toEqual([['hint', 24, 'expected TCP segments, found 2 udp, 1 arp']]);
});
