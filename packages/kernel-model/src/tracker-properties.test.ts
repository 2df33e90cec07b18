import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAffected } from './affected.ts';
import { createTracker } from './create-tracker.ts';
import type { NatRule } from './nat/nat-rule.ts';
import type { Packet } from './packet.ts';
import { ALL_PROFILES } from './profiles.ts';
import { GENERATIONS } from './testing/generations.ts';
import type { Verdict } from './verdict.ts';

const CLIENT = { src: '10.0.0.1', sport: 1, dst: '10.0.0.2', dport: 80 };
const SERVER = { src: '10.0.0.2', sport: 80, dst: '10.0.0.1', dport: 1 };

const number32 = fc.integer({ min: 0, max: 0xffffffff });
const profile = fc.constantFrom(...Object.values(GENERATIONS));

describe('the half-space law', () => {
  const affected = fc.constantFrom(...ALL_PROFILES.filter(isAffected));
  // At 0 the challenge ACK's end would be what a RST without ACK seems to acknowledge.
  const challenges = fc.array(
    number32.filter((seq) => seq !== 0),
    { minLength: 1, maxLength: 4 },
  );
  const near = fc.integer({ min: -3, max: 3 });
  /** Anywhere, or near one of the two places where the answer turns. */
  const distance = fc.oneof(
    number32,
    near,
    near.map((d) => d + 2 ** 31),
  );

  it('makes a RST valid iff it is before the end of the SYN, on affected kernels', () => {
    fc.assert(
      fc.property(
        affected,
        number32,
        fc.integer({ min: 0, max: 1400 }),
        challenges,
        distance,
        (kernel, syn, len, seqs, ahead) => {
          const rst = (syn + ahead) >>> 0;
          const tracker = createTracker({ profile: kernel });
          tracker.track({ at: 0, ...CLIENT, flags: 'S', seq: syn, win: 64_240, len });
          for (const seq of seqs) {
            tracker.track({ at: 1, ...SERVER, flags: 'A', seq, ack: rst, win: 500 });
          }
          const { ctstate } = tracker.track({ at: 2, ...CLIENT, flags: 'R', seq: rst });
          // td_maxend + 1 is the SYN's number, its data, the SYN itself and 1.
          const isValid = rst === 0 || ((rst - (syn + len + 2)) | 0) < 0;
          expect(ctstate).toBe(isValid ? 'ESTABLISHED' : 'INVALID');
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('does not hold on the others: there every RST is valid', () => {
    const others = ALL_PROFILES.filter((one) => !isAffected(one));
    fc.assert(
      fc.property(fc.constantFrom(...others), number32, number32, (kernel, syn, rst) => {
        const tracker = createTracker({ profile: kernel });
        tracker.track({ at: 0, ...CLIENT, flags: 'S', seq: syn, win: 64_240 });
        tracker.track({ at: 1, ...SERVER, flags: 'A', seq: 1, ack: rst, win: 500 });
        const { ctstate } = tracker.track({ at: 2, ...CLIENT, flags: 'R', seq: rst });
        expect(ctstate).toBe('ESTABLISHED');
      }),
      { numRuns: 500 },
    );
  });
});

/** A packet whose numbers count from where its side begins. */
interface RelativePacket {
  readonly fromClient: boolean;
  readonly flags: string;
  readonly seq: number;
  readonly ack: number;
  readonly win: number;
  readonly len: number;
  readonly wscale: number | undefined;
  readonly sack: number | undefined;
  readonly pause: number;
}

const step = fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: -70_000, max: 70_000 }));

const relativePacket: fc.Arbitrary<RelativePacket> = fc.record({
  fromClient: fc.boolean(),
  flags: fc.constantFrom('S', 'SA', 'A', 'PA', 'FA', 'R', 'RA'),
  seq: step,
  ack: step,
  win: fc.constantFrom(0, 1, 500, 65_535),
  len: fc.constantFrom(0, 1, 1460),
  wscale: fc.constantFrom(undefined, 0, 7, 14),
  sack: fc.oneof(fc.constant(undefined), step),
  pause: fc.constantFrom(0, 0, 0, 1, 50, 130),
});

const QUIET = { win: 5000, len: 0, wscale: undefined, sack: undefined, pause: 0 };

/** Of a side that was not seen yet the kernel thinks that it stands at 0, so both begin first. */
const HANDSHAKE: readonly RelativePacket[] = [
  { ...QUIET, fromClient: true, flags: 'S', seq: 0, ack: 0, wscale: 7 },
  { ...QUIET, fromClient: false, flags: 'SA', seq: 0, ack: 1, wscale: 9 },
];

describe('sequence numbers', () => {
  it('mean the same wherever on their circle the two sides begin', () => {
    fc.assert(
      fc.property(
        profile,
        fc.array(relativePacket, { maxLength: 14 }),
        fc.tuple(number32, number32),
        fc.tuple(number32, number32),
        (kernel, packets, here, there) => {
          const [first, second] = [here, there].map((begin) =>
            place([...HANDSHAKE, ...packets], begin),
          ) as [Packet[], Packet[]];
          // 0 has a meaning of its own.
          fc.pre(![...first, ...second].some(touchesZero));
          expect(outline(kernel, first)).toEqual(outline(kernel, second));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

function place(packets: readonly RelativePacket[], [client, server]: [number, number]): Packet[] {
  let at = 0;
  return packets.map(({ fromClient, flags, seq, ack, win, len, wscale, sack, pause }) => {
    const [own, peer] = fromClient ? [client, server] : [server, client];
    const edge = sack === undefined ? undefined : (peer + sack) >>> 0;
    at += pause;
    return {
      at,
      ...(fromClient ? CLIENT : SERVER),
      flags,
      seq: (own + seq) >>> 0,
      ack: flags.includes('A') ? (peer + ack) >>> 0 : 0,
      win,
      len,
      options: {
        ...(wscale === undefined ? {} : { wscale, sackOK: true }),
        ...(edge === undefined ? {} : { sack: [[edge, edge]] }),
      },
    };
  });
}

function touchesZero({ seq, ack, flags, len = 0, options }: Packet): boolean {
  const past = (seq + len + (flags.includes('S') || flags.includes('F') ? 1 : 0)) >>> 0;
  const answers = flags.includes('A') ? [ack, ...(options?.sack?.flat() ?? [])] : [];
  return [seq, past, ...answers].includes(0);
}

/** What becomes of each packet until an entry is made anew, of which one side is unseen. */
function outline(kernel: string, packets: readonly Packet[]): unknown[] {
  const tracker = createTracker({ profile: kernel });
  const lines: unknown[] = [];
  for (const packet of packets) {
    const { ctstate, direction, after, events, reason } = tracker.track(packet);
    if (lines.length > 0 && events.some(({ type }) => type === 'NEW')) break;
    lines.push([ctstate, direction, after, events, reason.rule]);
  }
  return lines;
}

const NAT: readonly NatRule[] = [
  { hook: 'output', match: { dport: 80 }, action: { kind: 'redirect', port: 15_001 } },
  {
    hook: 'prerouting',
    match: { dst: '10.0.0.0/30' },
    except: [{ dport: 1 }],
    action: { kind: 'dnat', address: '10.0.0.9', port: [8080, 8081] },
  },
  {
    hook: 'postrouting',
    match: { src: '10.0.0.0/24' },
    action: { kind: 'masquerade', address: '10.0.0.3', port: [2000, 2003] },
  },
];

const options = fc.option(
  fc.record({ wscale: fc.integer({ min: 0, max: 255 }), sackOK: fc.constant(true as const) }),
  { nil: {} },
);

const anyPacket: fc.Arbitrary<Packet> = fc.record({
  at: fc.double({ min: 0, max: 2000, noNaN: true }),
  src: fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.9', '127.0.0.1'),
  sport: fc.constantFrom(0, 1, 80, 2000, 8080, 65_535),
  dst: fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.9'),
  dport: fc.constantFrom(0, 1, 80, 2000, 8080, 65_535),
  flags: fc.subarray([...'FSRPAUEWe']).map((letters) => letters.join('')),
  seq: fc.oneof(number32, fc.integer({ min: 0, max: 5 })),
  ack: fc.oneof(number32, fc.integer({ min: 0, max: 5 })),
  win: fc.integer({ min: 0, max: 65_535 }),
  len: fc.integer({ min: 0, max: 65_535 }),
  options,
  zone: fc.constantFrom(0, 0, 1),
  hook: fc.constantFrom('prerouting' as const, 'output' as const),
});

describe('any well-typed packets', () => {
  const order = fc.array(anyPacket, { maxLength: 40 });

  it('are judged without a throw, and the same way twice', () => {
    fc.assert(
      fc.property(profile, order, fc.integer(), (kernel, packets, seed) => {
        const run = (): Verdict[] => {
          const tracker = createTracker({ profile: kernel, nat: NAT, seed });
          return packets.map((packet) => tracker.track(packet));
        };
        expect(JSON.stringify(run())).toBe(JSON.stringify(run()));
      }),
      { numRuns: 300 },
    );
  });

  it('leave a table in which no tuple is there twice', () => {
    fc.assert(
      fc.property(profile, order, (kernel, packets) => {
        const tracker = createTracker({ profile: kernel, nat: NAT });
        for (const packet of packets) tracker.track(packet);
        const now = packets.at(-1)?.at ?? 0;
        const keys = tracker.entries(now).flatMap(({ zone, original, reply }) => {
          const own = [original, reply].map((tuple) => JSON.stringify({ zone, ...tuple }));
          return [...new Set(own)];
        });
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 300 },
    );
  });
});
