import { formatTcpFlags } from '@tuplescope/net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTcpdump } from './parse-tcpdump.ts';
import type { TcpdumpSegment } from './tcpdump-segment.ts';

const uint = (bits: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: 2 ** bits - 1 });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });

/** A segment without ACK: its numbers are always printed as on the wire. */
const segments = fc.record({
  src: fc.oneof(fc.ipV4(), fc.ipV6()),
  dst: fc.oneof(fc.ipV4(), fc.ipV6()),
  sport: uint(16),
  dport: uint(16),
  bits: uint(9).map((bits) => bits & ~0x10),
  seq: uint(32),
  win: uint(16),
  len: uint(16),
  options: maybe(fc.record({ mss: uint(16), wscale: uint(8), ts: fc.tuple(uint(32), uint(32)) })),
  header: maybe(fc.record({ tos: uint(8), ttl: uint(8), ipId: uint(16), df: fc.boolean() })),
});

type Segment = typeof segments extends fc.Arbitrary<infer T> ? T : never;

/** Prints a segment as print-ip.c and print-tcp.c of tcpdump 4.99 do. */
function printed({ bits, seq, len, options, header, ...segment }: Segment): string {
  const letters = formatTcpFlags(bits) || 'none';
  const range = len > 0 ? `${seq}:${(seq + len) % 2 ** 32}` : `${seq}`;
  const list = options
    ? `, options [mss ${options.mss},nop,TS val ${options.ts[0]} ecr ${options.ts[1]},wscale ${options.wscale}]`
    : '';
  const urgent = letters.includes('U') ? ', urg 0' : '';
  const body = `${segment.src}.${segment.sport} > ${segment.dst}.${segment.dport}: Flags [${letters}], seq ${range}, win ${segment.win}${urgent}${list}, length ${len}`;
  if (header === undefined) return `12:00:00.000000 IP ${body}`;
  const flags = header.df ? '[DF]' : '[none]';
  return `12:00:00.000000 IP (tos 0x${header.tos.toString(16)}, ttl ${header.ttl}, id ${header.ipId}, offset 0, flags ${flags}, proto TCP (6), length ${len})\n    ${body}`;
}

describe('a segment that is printed and parsed', () => {
  it('is the same again', () => {
    fc.assert(
      fc.property(fc.array(segments, { minLength: 1, maxLength: 5 }), (list) => {
        const table = parseTcpdump(list.map(printed).join('\n'));
        expect(table.diagnostics).toEqual([]);
        const expected = list.map(({ bits, header, options, ...rest }) => ({
          ...rest,
          flags: formatTcpFlags(bits),
          ...header,
          ...(options && { options }),
        }));
        expect([...table].map(withoutRest)).toEqual(expected.map(withoutUndefined));
      }),
      { numRuns: 200 },
    );
  });
});

/** Leaves out what the property does not print, or prints the same always. */
function withoutRest(segment: TcpdumpSegment): unknown {
  const { n, at, timeOfDay, truncated, source, urg, ipLength, ...rest } = segment;
  expect([n > 0, at, timeOfDay, truncated, source.end > 0]).toEqual([
    true,
    null,
    43200,
    false,
    true,
  ]);
  expect([urg ?? 0, ipLength ?? rest.len]).toEqual([0, rest.len]);
  return rest;
}

function withoutUndefined(value: object): unknown {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}
