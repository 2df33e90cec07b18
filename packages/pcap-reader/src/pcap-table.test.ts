import { describe, expect, it } from 'vitest';
import { parsePcap } from './parse-pcap.ts';
import { bytesOf, ethernet, ipv4, pcapHeader, pcapRecord, tcp } from './testing/capture-bytes.ts';
import { FIXTURES, readFixture } from './testing/fixture.ts';

describe('withPorts', () => {
  it.each(FIXTURES)('gives of %s the same records as all of them do', (name) => {
    const table = parsePcap(readFixture(name));
    const ports = new Set([table.length === 0 ? 0 : table.at(table.length - 1).sport]);
    const wanted = [...table].filter(({ sport, dport }) => ports.has(sport) || ports.has(dport));
    expect([...table.withPorts(ports)]).toEqual(wanted);
  });

  it('gives rows by number also where they fill more than one page', () => {
    // Ports 40000 and 40001 by turns.
    const segments = ['9c40', '9c41'].map((sport) => bytesOf(sport, tcp().subarray(2)));
    const pair = segments.map((segment) => pcapRecord(ethernet(ipv4(segment))));
    const file = [pcapHeader(), ...Array.from({ length: 10_000 }, () => pair).flat()];
    const table = parsePcap(bytesOf(...file)).withPorts(new Set([40_000]));
    expect(table.length).toBe(10_000);
    expect(table.columns.map(({ length }) => length)).toEqual([8192, 10_000 - 8192]);
    expect(table.at(9999)).toMatchObject({ sport: 40_000, n: 19_999 });
    expect(table.withPorts(new Set([1])).length).toBe(0);
  });
});

describe('columns', () => {
  it('share the arrays that hold one value in all rows, and no others', () => {
    const record = pcapRecord(ethernet(ipv4(tcp())));
    const [first, second] = parsePcap(
      bytesOf(pcapHeader(), ...Array.from({ length: 9000 }, () => record)),
    ).columns;
    expect(first?.tcpStart.buffer).toBe(second?.tcpStart.buffer);
    expect(second?.tcpStart).toEqual(new Uint16Array(9000 - 8192).fill(16 + 14 + 20));
    expect(first?.n.buffer).not.toBe(second?.n.buffer);
  });
});
