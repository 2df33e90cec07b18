import type { CapturedSegment } from '@tuplescope/conversation';
import { ALL_PROFILES } from '@tuplescope/kernel-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SegmentTable } from './capture-source.ts';
import { readPackets } from './captured-packets.ts';
import { compareProfiles } from './compare-profiles.ts';
import { type Evidence, NO_EVIDENCE } from './evidence.ts';
import { explainPackets } from './explain-packets.ts';
import { judgePackets } from './judge-packets.ts';

/** Few addresses, ports and numbers, so that segments meet each other. */
const ADDRESSES = ['10.0.0.1', '10.0.0.2', '127.0.0.1', 'fd00::1'] as const;

const segments: fc.Arbitrary<CapturedSegment> = fc
  .record({
    at: fc.oneof(fc.constant(null), fc.double({ min: 0, max: 300, noNaN: true })),
    src: fc.constantFrom(...ADDRESSES),
    sport: fc.constantFrom(44410, 15001, 80),
    dst: fc.constantFrom(...ADDRESSES),
    dport: fc.constantFrom(44410, 15001, 80),
    flags: fc.constantFrom('S', 'SA', 'A', 'PA', 'FA', 'R', 'RA', '', 'SFRPAUEWe'),
    seq: fc.constantFrom(0, 1, 100, 101, 105, 0xffff_ffff),
    ack: fc.constantFrom(0, 1, 100, 101, 105, 0xffff_ffff),
    win: fc.constantFrom(0, 512, 65_535),
    len: fc.constantFrom(0, 1, 4, 1460, 70_000),
    wscale: fc.constantFrom(undefined, 0, 7, 255),
    isRelative: fc.boolean(),
  })
  .map(({ isRelative, wscale, flags, ack, ...rest }) => ({
    n: 1,
    ...rest,
    flags,
    ...(flags.includes('A') ? { ack } : {}),
    ...(isRelative ? { relative: true as const } : {}),
    ...(wscale === undefined ? {} : { options: { wscale, sack: [[1, 2]] as const } }),
    truncated: false,
  }));

function tableOf(rows: readonly CapturedSegment[]): SegmentTable {
  const numbered = rows.map((row, i) => ({ ...row, n: i + 1 }));
  return {
    length: rows.length,
    at: (row) => numbered[row] as CapturedSegment,
    [Symbol.iterator]: () => numbered[Symbol.iterator](),
  };
}

const captures = fc.array(fc.array(segments, { maxLength: 25 }), { minLength: 1, maxLength: 2 });
const profiles = fc.constantFrom(...ALL_PROFILES);
const KNOWN: Evidence = { ...NO_EVIDENCE, interceptionPorts: new Set([15001]) };

function packetsOf(rows: readonly (readonly CapturedSegment[])[], evidence = KNOWN) {
  const named = rows.map((own, i) => ({
    name: `capture ${i}`,
    clockOffset: 0,
    segments: tableOf(own),
  }));
  return readPackets(named, evidence);
}

describe('any segments', () => {
  it('are explained, each once, in words', () => {
    fc.assert(
      fc.property(captures, profiles, (rows, profile) => {
        const packets = packetsOf(rows);
        const sighted = new Set<string>();
        for (const { explanations } of explainPackets(packets, { profile })) {
          for (const one of explanations) {
            expect(one.says).toMatch(/^[A-Z].*\.$/);
            expect(one.details.every((sentence) => sentence.length > 0)).toBe(true);
            expect(one.why.rule).toBeTypeOf('string');
            for (const { capture, row } of one.packet.sightings) sighted.add(`${capture} ${row}`);
          }
        }
        expect(sighted.size).toBe(rows.flat().length);
      }),
      { numRuns: 60 },
    );
  });

  it('are judged as they are explained', () => {
    fc.assert(
      fc.property(captures, profiles, (rows, profile) => {
        const packets = packetsOf(rows);
        const explained = [...explainPackets(packets, { profile })].flatMap(
          ({ explanations }) => explanations,
        );
        const judged: string[] = [];
        const judgement = judgePackets(packets, { profile }, ({ conversation, index }, ctstate) => {
          judged.push(`${conversation} ${index} ${ctstate}`);
        });
        expect(judged).toEqual(
          explained.map(
            ({ packet, ctstate }) => `${packet.conversation} ${packet.index} ${ctstate}`,
          ),
        );
        const against = explained.filter(({ contradiction }) => contradiction !== null);
        expect(judgement.contradicting).toBe(against.length);
      }),
      { numRuns: 60 },
    );
  });

  it('contradict a profile alike whenever they are asked', () => {
    fc.assert(
      fc.property(captures, (rows) => {
        const packets = packetsOf(rows);
        expect(compareProfiles(packets)).toEqual(compareProfiles(packets));
      }),
      { numRuns: 5 },
    );
  });
});

it('takes time in proportion to the packets of one pair of ends', () => {
  const made = (count: number): CapturedSegment[] =>
    Array.from({ length: count }, (_, i) => ({
      n: i + 1,
      at: i / 1000,
      src: '10.0.0.1',
      sport: 44410,
      dst: '10.0.0.2',
      dport: 80,
      // A new connection every few packets: one lineage of many conversations.
      flags: i % 5 === 0 ? 'S' : 'PA',
      seq: Math.imul(Math.floor(i / 5), 0x9e37_79b1) >>> 0,
      len: i % 5 === 0 ? 0 : 4,
      truncated: false,
    }));
  const profile = ALL_PROFILES[0] as (typeof ALL_PROFILES)[number];
  const count = (rows: readonly CapturedSegment[]): number =>
    judgePackets(packetsOf([rows]), { profile }).packets;
  // Work that grew with the square would not end here.
  expect(count(made(20_000))).toBe(20_000);
});
