import { parseConntrack } from '@tuplescope/conntrack-parser';
import { formatIpv4 } from '@tuplescope/net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CapturedTuples } from './captured-tuples.ts';

const address = fc.oneof(
  fc.nat(0xffff_ffff).map(formatIpv4),
  fc.nat(0xffff).map((group) => `fd00::${group.toString(16)}`),
);
const port = fc.integer({ min: 1, max: 65_535 });
const tuple = fc.record({ src: address, sport: port, dst: address, dport: port });
type Tuple = typeof tuple extends fc.Arbitrary<infer Value> ? Value : never;

function listed(orig: Tuple, reply: Tuple, protocol = 'tcp      6'): string {
  const [first, second] = [orig, reply].map(
    ({ src, sport, dst, dport }) => `src=${src} dst=${dst} sport=${sport} dport=${dport}`,
  );
  return `${protocol} 100 ESTABLISHED ${first} ${second} [ASSURED] mark=0 use=1\n`;
}

describe('CapturedTuples', () => {
  it('lets through every entry one of whose tuples was captured, in either direction', () => {
    fc.assert(
      fc.property(tuple, tuple, fc.boolean(), fc.boolean(), (orig, reply, isReply, isTurned) => {
        const tuples = new CapturedTuples();
        const { src, sport, dst, dport } = isReply ? reply : orig;
        const turned = { src: dst, sport: dport, dst: src, dport: sport };
        tuples.add([isTurned ? turned : { src, sport, dst, dport }]);
        expect([...tuples.rowsOf(parseConntrack(listed(orig, reply)))]).toEqual([0]);
      }),
    );
  });

  it('keeps out entries of other ports, and other protocols', () => {
    const tuples = new CapturedTuples();
    const orig = { src: '10.0.0.1', sport: 40_000, dst: '10.0.0.2', dport: 443 };
    const reply = { src: '10.0.0.2', sport: 443, dst: '10.0.0.1', dport: 40_000 };
    tuples.add([orig]);
    const others = [
      listed({ ...orig, sport: 40_001 }, { ...reply, dport: 40_001 }),
      listed(orig, reply, 'udp      17').replace('ESTABLISHED ', ''),
      listed(orig, reply),
    ];
    expect([...tuples.rowsOf(parseConntrack(others.join('')))]).toEqual([2]);
  });

  it('keeps out nearly all of ten thousand entries that share ports with the captured', () => {
    const tuples = new CapturedTuples();
    const entry = (client: number): [Tuple, Tuple] => {
      const pod = `10.1.${client >> 8}.${client & 0xff}`;
      const orig = { src: pod, sport: 40_000, dst: '10.0.0.2', dport: 443 };
      return [orig, { src: '10.0.0.2', sport: 443, dst: pod, dport: 40_000 }];
    };
    for (let client = 0; client < 100; client++) tuples.add([entry(client)[0]]);
    const listing = Array.from({ length: 10_000 }, (_, client) => listed(...entry(client)));
    const rows = [...tuples.rowsOf(parseConntrack(listing.join('')))];
    expect(rows.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, row) => row));
    expect(rows.length).toBeLessThan(110);
  });
});
