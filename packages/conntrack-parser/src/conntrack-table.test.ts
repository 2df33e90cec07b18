import { parseIpv4 } from '@tuplescope/net';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ConntrackEnd } from './conntrack-table.ts';
import { parseConntrack } from './parse-conntrack.ts';
import { readFixture } from './testing/read-fixture.ts';

const table = parseConntrack(
  readFixture('6-second-dst/conntrack-L.txt') +
    readFixture('protocols.txt') +
    readFixture('conntrack-E-kernel-5.10.txt'),
);

describe('ConntrackTable', () => {
  it('gives single cells that are those of the record', () => {
    for (const [row, entry] of [...table].entries()) {
      const { proto, state, timeout, orig, reply, unreplied, assured } = entry;
      expect([table.protoAt(row), table.stateAt(row), table.timeoutAt(row)]).toEqual([
        proto,
        state,
        timeout,
      ]);
      expect([table.unrepliedAt(row), table.assuredAt(row)]).toEqual([unreplied, assured]);
      const ends: [ConntrackEnd, string, number | null][] = [
        ['origSrc', orig.src, orig.sport],
        ['origDst', orig.dst, orig.dport],
        ['replySrc', reply.src, reply.sport],
        ['replyDst', reply.dst, reply.dport],
      ];
      for (const [end, address, port] of ends) {
        expect(table.addressAt(row, end)).toBe(address);
        expect(table.portAt(row, end)).toBe(port);
        expect(table.ipv4At(row, end)).toBe(parseIpv4(address));
      }
    }
  });

  it('finds the rows with a port at any end, each once', () => {
    expect(table.rowsWithPort(7778)).toEqual([0, 2]);
    expect(table.rowsWithPort(34932)).toEqual([1]);
    expect(table.rowsWithPort(1)).toEqual([4, 7, 8, 11, 12, 13]);
    expect(table.rowsWithPort(61111)).toEqual([]);
  });

  it('takes no ICMP identifier and no GRE key for a port', () => {
    expect(table.at(5).icmpId).toBe(3105);
    expect(table.rowsWithPort(3105)).toEqual([]);
    expect(table.at(9).orig.dstkey).toBe(65535);
    expect(table.rowsWithPort(65535)).toEqual([]);
  });

  it('refuses cells of rows that are not there', () => {
    const { length } = table;
    expect(() => table.stateAt(length)).toThrow(RangeError);
    expect(() => table.portAt(-1, 'origSrc')).toThrow(RangeError);
    expect(() => table.addressAt(0.5, 'origSrc')).toThrow(RangeError);
    expectTypeOf(table.portAt).parameter(1).toEqualTypeOf<ConntrackEnd>();
  });

  it('marks an entry of 64 KiB and more to its end', () => {
    const context = 'x'.repeat(70_000);
    const line = `unknown  50 9 src=1.1.1.1 dst=2.2.2.2 src=2.2.2.2 dst=1.1.1.1 secctx=${context}`;
    const { at, length } = { at: parseConntrack(line).at(0), length: line.length };
    expect(at.source).toEqual({ line: 1, start: 0, end: length });
    expect(at.secctx).toBe(context);
  });
});
