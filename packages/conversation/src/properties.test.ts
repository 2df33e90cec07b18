import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capture, CapturedSegment } from './capture.ts';
import { columnsOfSegments } from './columns-of-segments.ts';
import { ConversationTracker } from './conversation-tracker.ts';
import type { Conversations } from './conversations.ts';
import { stitch } from './stitch.ts';
import { segment } from './testing/segment.ts';

const POD = '10.0.0.1';
const PROXY = '127.0.0.1:15001';

/** A connection of one of few ports, redirected or not, told by its capture as half streams. */
const connection = fc.record({
  port: fc.integer({ min: 40_000, max: 40_003 }),
  service: fc.integer({ min: 1, max: 2 }),
  isRedirected: fc.boolean(),
  isn: fc.nat({ max: 0xffff_ffff }),
  serverIsn: fc.nat({ max: 0xffff_ffff }),
  lengths: fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 1448 })), { maxLength: 6 }),
  closes: fc.boolean(),
});

type Connection = typeof connection extends fc.Arbitrary<infer T> ? T : never;

/** What captures show of connections that come one after the other; `truth` is each one's number. */
function capture(connections: readonly Connection[]): {
  segments: CapturedSegment[];
  truth: number[];
} {
  const segments: CapturedSegment[] = [];
  const truth: number[] = [];
  let at = 1_700_000_000;
  for (const [number, each] of connections.entries()) {
    const client = `${POD}:${each.port}`;
    const server = `10.96.0.${each.service}:80`;
    const out = `${client} > ${each.isRedirected ? PROXY : server}`;
    const back = `${server} > ${client}`;
    const next = [each.isn, each.serverIsn];
    const add = (reply: 0 | 1, flags: string, length: number, len = 0): void => {
      at += 0.25;
      const numbers = {
        seq: (next[reply] as number) >>> 0,
        ...(flags.includes('A') && { ack: (next[1 - reply] as number) >>> 0 }),
      };
      const ipId = segments.length + 1;
      const line = `${reply ? back : out} ${flags}`;
      segments.push(segment(at, line, { ...numbers, len, ipId, n: ipId }));
      truth.push(number);
      next[reply] = (next[reply] as number) + length;
    };
    add(0, 'S', 1);
    add(1, 'SA', 1);
    add(0, 'A', 0);
    for (const [reply, len] of each.lengths) add(reply ? 1 : 0, 'PA', len, len);
    if (each.closes) {
      add(1, 'FA', 1);
      add(0, 'FA', 1);
    }
  }
  return { segments, truth };
}

/** No two that follow each other on one port begin with one number: that would be one conversation. */
const connections = fc.uniqueArray(connection, { selector: ({ isn }) => isn, maxLength: 12 });

/** All that is said of captures, but for the captures' own names and numbers. */
function told(conversations: Conversations): unknown {
  return [...conversations].map((conversation) => ({
    ...conversation,
    packets: conversations.packetsOf(conversation.id).map(({ sightings, ...packet }) => ({
      ...packet,
      points: sightings.map(({ at, translated }) => ({ at, translated })),
    })),
  }));
}

function deal(segments: readonly CapturedSegment[], hands: readonly number[]): Capture[] {
  return ['a', 'b', 'c'].map((name, hand) => ({
    name,
    segments: segments.filter((_, row) => (hands[row % hands.length] ?? 0) === hand),
  }));
}

describe('for any connections', () => {
  it('finds each of them, and every packet of each', () => {
    fc.assert(
      fc.property(connections, (each) => {
        const { segments, truth } = capture(each);
        const conversations = stitch([{ name: 'any', segments }]);
        expect([...conversations.ids(0)]).toEqual(truth);
        const found = [...conversations].map(({ client, server, translated, isn, state }) => ({
          port: client.port,
          server: server.address,
          isRedirected: translated?.server.address === '127.0.0.1',
          isn,
          state,
        }));
        // A SYN-ACK always follows, so that what a redirected connection was before is known.
        expect(found.map((conversation) => conversation.isn.client)).toEqual(
          each.map(({ isn }) => isn),
        );
        for (const [number, conversation] of found.entries()) {
          const { port, service } = each[number] as Connection;
          expect(conversation).toMatchObject({ port, server: `10.96.0.${service}` });
          expect(conversation.state).toBe('connected');
        }
      }),
    );
  });

  it('says the same whether they are in one file or in several, in any order', () => {
    const hands = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(connections, hands, (each, dealt) => {
        const { segments } = capture(each);
        const captures = deal(segments, dealt);
        const whole = told(stitch([{ name: 'any', segments }]));
        expect(told(stitch(captures))).toEqual(whole);
        expect(told(stitch(captures.toReversed()))).toEqual(whole);
      }),
    );
  });

  it('says the same of a packet that two captures have, but that there are two', () => {
    fc.assert(
      fc.property(connections, (each) => {
        const { segments } = capture(each);
        const once = stitch([{ name: 'a', segments }]);
        const twice = stitch([
          { name: 'a', segments },
          { name: 'b', segments },
        ]);
        const flat = (conversations: Conversations) =>
          [...conversations.packets()].map(({ sightings, ...packet }) => packet);
        expect(flat(twice)).toEqual(flat(once));
        for (const { sightings } of twice.packets()) expect(sightings.length).toBe(2);
      }),
    );
  });

  it('tracks one capture as it stitches it, where rules tell of the translations', () => {
    const knowledge = { interceptionPorts: [15001] };
    const sizes = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(connections, sizes, (each, size) => {
        const { segments, truth } = capture(each);
        const tracker = new ConversationTracker(knowledge);
        const found: number[] = [];
        for (let row = 0; row < segments.length; row += size) {
          const columns = columnsOfSegments(segments.slice(row, row + size));
          const ids = new Uint32Array(columns.length);
          tracker.add(columns, ids);
          found.push(...ids);
        }
        expect(found).toEqual(truth);
        const stitched = stitch([{ name: 'any', segments }], knowledge);
        expect(
          [...tracker].map(({ isn, state, sightings }) => ({ isn, state, sightings })),
        ).toEqual([...stitched].map(({ isn, state, sightings }) => ({ isn, state, sightings })));
      }),
    );
  });
});

describe('for any segments', () => {
  const number = fc.option(fc.nat({ max: 0xffff_ffff }), { nil: undefined });
  const any = fc.record(
    {
      n: fc.nat(),
      at: fc.option(fc.double(), { nil: null }),
      timeOfDay: fc.double(),
      interface: fc.constantFrom('lo', 'eth0', '#3'),
      src: fc.constantFrom('10.0.0.1', '127.0.0.1', '::1', 'fd00::1', 'host', ''),
      sport: fc.constantFrom(0, 80, 15001, 40000, 65535),
      dst: fc.constantFrom('10.0.0.1', '127.0.0.1', '::1', 'fd00::1', 'host', ''),
      dport: fc.constantFrom(0, 80, 15001, 40000, 65535),
      flags: fc.constantFrom('', 'S', 'SA', 'A', 'PA', 'FA', 'R', 'RA', 'SR', 'FSRPAUEWe', '?'),
      seq: fc.oneof(number, fc.constantFrom(0, 1, 2, 3)),
      ack: fc.oneof(number, fc.constantFrom(0, 1, 2, 3)),
      relative: fc.constant(true as const),
      absolute: fc.record({ seq: number, ack: number }, { requiredKeys: [] }),
      len: fc.nat(),
      ipId: fc.nat({ max: 3 }),
      truncated: fc.boolean(),
    },
    { requiredKeys: ['n', 'at', 'src', 'sport', 'dst', 'dport', 'flags', 'len', 'truncated'] },
  ) as fc.Arbitrary<CapturedSegment>;

  it('throws nothing, loses no row, and relates packets to earlier ones only', () => {
    const lists = fc.array(fc.array(any, { maxLength: 30 }), { maxLength: 3 });
    const orig = { src: '10.0.0.1', sport: 40000, dst: 'fd00::1', dport: 80 };
    const entries = [{ orig, reply: { src: '127.0.0.1', sport: 15001, dst: '::1', dport: 0 } }];
    fc.assert(
      fc.property(lists, fc.boolean(), (files, knows) => {
        const captures = files.map((segments, index) => ({ name: `${index}`, segments }));
        const knowledge = knows ? { entries, interceptionPorts: [15001] } : {};
        const conversations = stitch(captures, knowledge);
        const rows = files.reduce((sum, { length }) => sum + length, 0);
        let sightings = 0;
        for (const { id, previous, ...conversation } of conversations) {
          sightings += conversation.sightings.original + conversation.sightings.reply;
          expect(previous ?? -1).toBeLessThan(id);
          for (const packet of conversations.packetsOf(id)) {
            expect(packet.retransmits ?? -1).toBeLessThan(packet.index);
            expect(packet.answers ?? -1).toBeLessThan(packet.index);
          }
        }
        expect(sightings).toBe(rows);
        const seen = [...conversations.packets()].flatMap((packet) => packet.sightings);
        expect(seen.length).toBe(rows);
      }),
      { numRuns: 300 },
    );
  });
});
