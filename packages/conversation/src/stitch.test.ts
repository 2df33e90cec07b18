import { describe, expect, expectTypeOf, it } from 'vitest';
import type { CapturedSegment } from './capture.ts';
import type { Conversation, Translation } from './conversation.ts';
import type { ConversationPacket } from './conversation-packet.ts';
import type { Conversations } from './conversations.ts';
import { stitch } from './stitch.ts';
import { segment } from './testing/segment.ts';

const OUT = '10.0.0.1:40000 > 10.0.0.2:80';
const BACK = '10.0.0.2:80 > 10.0.0.1:40000';

/** A handshake from time `at` on; the client begins with `isn`, the server with `isn` + 500. */
function handshake(at: number, isn: number, out = OUT, back = BACK): CapturedSegment[] {
  return [
    segment(at, `${out} S`, { seq: isn }),
    segment(at + 0.001, `${back} SA`, { seq: isn + 500, ack: isn + 1 }),
    segment(at + 0.002, `${out} A`, { seq: isn + 1, ack: isn + 501 }),
  ];
}

function one(segments: readonly CapturedSegment[]): Conversations {
  return stitch([{ name: 'any', segments }]);
}

function flagsOf(packets: readonly ConversationPacket[]): string {
  return packets.map(({ flags }) => flags).join(' ');
}

describe('a connection', () => {
  it('has both ends, both initial numbers, its times, and how it went', () => {
    const conversations = one([
      ...handshake(100, 7000),
      segment(101, `${OUT} PA`, { seq: 7001, ack: 7501, len: 10 }),
      segment(102, `${BACK} FA`, { seq: 7501, ack: 7011 }),
      segment(103, `${OUT} FA`, { seq: 7011, ack: 7502 }),
      segment(104, `${BACK} A`, { seq: 7502, ack: 7012 }),
    ]);
    expect([...conversations]).toEqual([
      {
        id: 0,
        client: { address: '10.0.0.1', port: 40000 },
        server: { address: '10.0.0.2', port: 80 },
        translated: null,
        isn: { client: 7000, server: 7500 },
        first: 100,
        last: 104,
        sightings: { original: 4, reply: 3 },
        state: 'connected',
        ended: 'closed',
        previous: null,
      },
    ]);
    const packets = conversations.packetsOf(0);
    expect(flagsOf(packets)).toBe('S SA A PA FA FA A');
    expect(packets.map(({ answers }) => answers)).toEqual([null, 0, 1, null, 3, 4, 5]);
    expect(packets.map(({ retransmits }) => retransmits)).toEqual(Array(7).fill(null));
  });

  it('is refused by a RST that acknowledges its SYN', () => {
    const conversations = one([
      segment(1, `${OUT} S`, { seq: 9 }),
      segment(2, `${BACK} RA`, { seq: 0, ack: 10 }),
    ]);
    expect(conversations.at(0)).toMatchObject({ state: 'refused', ended: 'reset' });
    expect(conversations.packetsOf(0)[1]?.answers).toBe(0);
  });

  it('is not connected while its SYN has no answer, and when the answer is lost', () => {
    const [syn, synAck] = handshake(1, 9);
    expect(one([syn as CapturedSegment]).at(0).state).toBe('not-connected');
    expect(one([syn, synAck] as CapturedSegment[]).at(0).state).toBe('not-connected');
  });

  it('is mid-stream without its beginning, and has the lower port for its server', () => {
    const conversations = one([
      segment(1, `${BACK} PA`, { seq: 5, ack: 900, len: 100 }),
      segment(2, `${OUT} A`, { seq: 900, ack: 105 }),
    ]);
    expect(conversations.at(0)).toMatchObject({
      client: { port: 40000 },
      server: { port: 80 },
      isn: { client: null, server: null },
      state: 'mid-stream',
    });
  });

  it('is one where both ends call each other at once', () => {
    const conversations = one([
      segment(1, `${OUT} S`, { seq: 100 }),
      segment(1.1, `${BACK} S`, { seq: 200 }),
      segment(1.2, `${OUT} SA`, { seq: 100, ack: 201 }),
      segment(1.2, `${BACK} SA`, { seq: 200, ack: 101 }),
    ]);
    expect([...conversations]).toMatchObject([{ isn: { client: 100, server: 200 } }]);
  });

  it('reads IPv6, and an IPv4 address however it is spelled', () => {
    const conversations = one([
      segment(1, 'fd00::1:40000 > fd00::2:80 S', { seq: 100 }),
      segment(2, 'FD00:0::2:80 > fd00::1:40000 SA', { seq: 200, ack: 101 }),
      segment(3, '::ffff:10.0.0.1:5 > 10.0.0.2:80 S', { seq: 1 }),
      segment(3, '10.0.0.2:80 > 10.0.0.1:5 SA', { seq: 1, ack: 2 }),
    ]);
    const clients = [...conversations].map(({ client }) => client.address);
    expect(clients).toEqual(['fd00::1', '10.0.0.1']);
  });
});

describe('a port used again', () => {
  const late = segment(50, `${OUT} S`, { seq: 1 });
  const segments = [
    ...handshake(1, 1000),
    segment(2, `${OUT} R`, { seq: 1001 }),
    ...handshake(10, 90_000),
    late,
  ];

  it('begins a new conversation with its new initial number', () => {
    const numbers = [...one(segments)].map(({ isn, previous }) => [isn.client, previous]);
    expect(numbers).toEqual([
      [1000, null],
      [90_000, 0],
      [1, 1],
    ]);
  });

  it('goes on with the conversation where a SYN of the one before it comes late', () => {
    const conversations = one([...segments, segment(51, `${OUT} S`, { seq: 90_000 })]);
    const packet = conversations.packetsOf(2)[1];
    expect(packet).toMatchObject({ flags: 'S', older: { conversation: 1 } });
  });

  it('begins one with a SYN-ACK, where the SYN is missing', () => {
    const again = handshake(10, 90_000).slice(1);
    expect(one([...handshake(1, 1000), ...again]).at(1)).toMatchObject({
      client: { port: 40000 },
      isn: { client: 90_000, server: 90_500 },
      state: 'connected',
    });
  });
});

describe('packets sent again', () => {
  it('name the first that had their number', () => {
    const data = segment(2, `${OUT} PA`, { seq: 1001, ack: 1501, len: 10 });
    const fin = segment(3, `${OUT} FA`, { seq: 1011, ack: 1501 });
    const conversations = one([
      ...handshake(1, 1000),
      data,
      { ...data, at: 2.5 },
      fin,
      { ...fin, at: 4 },
      { ...fin, at: 5 },
    ]);
    const again = conversations.packetsOf(0).map(({ retransmits }) => retransmits);
    expect(again).toEqual([null, null, null, null, 3, null, 5, 5]);
  });

  it('are two packets where they have two identifications, also at two points', () => {
    const fin = { seq: 1001, ack: 1501 };
    const conversations = stitch([
      { name: 'eth0', segments: [segment(3, `${OUT} FA`, { ...fin, ipId: 8 })] },
      { name: 'lo', segments: [segment(3.01, `${OUT} FA`, { ...fin, ipId: 9 })] },
    ]);
    const packets = conversations.packetsOf(0);
    expect(packets.map(({ retransmits }) => retransmits)).toEqual([null, 0]);
  });
});

describe('several captures', () => {
  const shifted = (segments: readonly CapturedSegment[], by: number) =>
    segments.map((row) => ({ ...row, at: (row.at as number) + by }));

  it('show one packet at several points', () => {
    const segments = handshake(100, 1000);
    const conversations = stitch([
      { name: 'eth0', segments },
      { name: 'any', segments: shifted(segments, 0.00001) },
    ]);
    expect(conversations.at(0).sightings).toEqual({ original: 4, reply: 2 });
    const packets = conversations.packetsOf(0);
    expect(packets.map(({ sightings }) => sightings.map(({ capture }) => capture))).toEqual(
      Array(3).fill(['eth0', 'any']),
    );
    expect(packets.map(({ retransmits }) => retransmits)).toEqual([null, null, null]);
  });

  it('have clocks that differ by what the caller says', () => {
    const segments = handshake(100, 1000);
    const conversations = stitch([
      { name: 'client', segments: [segments[0], segments[2]] as CapturedSegment[] },
      { name: 'server', clockOffset: 36, segments: shifted([segments[1] as never], -36) },
    ]);
    expect(flagsOf(conversations.packetsOf(0))).toBe('S SA A');
    expect(conversations.at(0).last).toBeCloseTo(100.002, 6);
  });

  it('are told apart by interface within one file', () => {
    const [syn] = handshake(100, 1000);
    const conversations = one([
      { ...(syn as CapturedSegment), interface: 'veth0' },
      { ...(syn as CapturedSegment), interface: 'eth0' },
    ]);
    const [packet] = conversations.packetsOf(0);
    expect(packet?.sightings.map((sighting) => sighting.interface)).toEqual(['veth0', 'eth0']);
  });

  it('may have times of day alone, and go past midnight', () => {
    const conversations = one([
      segment(null, `${OUT} S`, { seq: 1, timeOfDay: 86_399.5 }),
      segment(null, `${BACK} SA`, { seq: 9, ack: 2, timeOfDay: 0.5 }),
    ]);
    expect(conversations.at(0)).toMatchObject({ first: 86_399.5, last: 86_400.5 });
  });

  it('may have no times at all', () => {
    const rows = handshake(1, 1000).map((row) => ({ ...row, at: null }));
    const conversations = one(rows);
    expect(conversations.at(0)).toMatchObject({ first: null, last: null, state: 'connected' });
    expect(flagsOf(conversations.packetsOf(0))).toBe('S SA A');
  });
});

describe('address translation', () => {
  const translated = (conversations: Conversations) => conversations.at(0).translated;

  it('of the destination shows in a SYN seen before and after it', () => {
    const ipId = 4711;
    const conversations = one([
      segment(1, '10.0.0.1:40000 > 10.96.0.9:80 S', { seq: 7, ipId }),
      segment(1.0001, '10.0.0.1:40000 > 10.1.0.5:8080 S', { seq: 7, ipId }),
      segment(1.001, '10.1.0.5:8080 > 10.0.0.1:40000 SA', { seq: 70, ack: 8 }),
      segment(1.0011, '10.96.0.9:80 > 10.0.0.1:40000 SA', { seq: 70, ack: 8 }),
    ]);
    expect([...conversations]).toMatchObject([
      {
        server: { address: '10.96.0.9', port: 80 },
        translated: { server: { address: '10.1.0.5', port: 8080 }, basis: 'sequence' },
      },
    ]);
    const packets = conversations.packetsOf(0);
    const points = packets.map(({ sightings }) => sightings.map((point) => point.translated));
    expect(points).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  it('of the source shows likewise', () => {
    const conversations = one([
      segment(1, '10.0.0.1:40000 > 93.184.216.34:443 S', { seq: 7, interface: 'veth0' }),
      segment(1.0001, '192.0.2.1:61000 > 93.184.216.34:443 S', { seq: 7, interface: 'eth0' }),
    ]);
    expect([...conversations]).toMatchObject([
      {
        client: { address: '10.0.0.1', port: 40000 },
        translated: { client: { address: '192.0.2.1', port: 61000 }, confidence: 'certain' },
      },
    ]);
  });

  it.each([
    [{ ipId: 101 }, { ipId: 102 }, { ipId: 103 }],
    [{}, {}, {}],
  ])('is not what a port scanner does, whose SYNs all have one number', (...details) => {
    const scan = details.map((detail, host) =>
      segment(1, `10.0.0.1:40000 > 10.0.1.${host}:22 S`, { seq: 7, ...detail }),
    );
    expect([...one(scan)].map((found) => found.translated)).toEqual([null, null, null]);
  });

  it('shows mid-stream by numbers that go on from one half to the other', () => {
    const conversations = one([
      segment(1, '10.0.0.1:40000 > 10.1.0.5:8080 PA', { seq: 500, ack: 70, len: 20 }),
      segment(1.1, '10.96.0.9:80 > 10.0.0.1:40000 A', { seq: 70, ack: 520 }),
    ]);
    expect([...conversations]).toMatchObject([
      { server: { port: 80 }, translated: { server: { port: 8080 }, confidence: 'certain' } },
    ]);
  });

  it('is known from entries before a packet shows it', () => {
    const orig = { src: '10.0.0.1', sport: 40000, dst: '10.96.0.9', dport: 80 };
    const reply = { src: '127.0.0.1', sport: 15001, dst: '10.0.0.1', dport: 40000 };
    const redirected = segment(1, '10.0.0.1:40000 > 127.0.0.1:15001 S', { seq: 7 });
    const conversations = stitch([{ name: 'lo', segments: [redirected] }], {
      entries: [{ orig, reply }],
    });
    expect(conversations.at(0).server).toEqual({ address: '10.96.0.9', port: 80 });
    expect(translated(conversations)?.basis).toBe('entries');
  });

  it('is known from a rule, also where nothing tells what it was before', () => {
    const redirected = segment(1, '10.0.0.1:40000 > 127.0.0.1:15001 S', { seq: 7 });
    const conversations = stitch([{ name: 'lo', segments: [redirected] }], {
      interceptionPorts: [15001],
    });
    const server = { address: '127.0.0.1', port: 15001 };
    expect(conversations.at(0).server).toEqual(server);
    expect(translated(conversations)).toMatchObject({ server, basis: 'rules' });
    expect(translated(conversations)?.why).toContain('no packet shows');
  });

  it('is none where a client on the loopback address calls the proxy itself', () => {
    const direct = segment(1, '127.0.0.1:40000 > 127.0.0.1:15001 S', { seq: 7 });
    const options = { interceptionPorts: [15001] };
    expect(translated(stitch([{ name: 'lo', segments: [direct] }], options))).toBeNull();
  });

  it('joins packets that came before the one that shows it', () => {
    // The answer's half stream begins with a number that says nothing of the request's half.
    const conversations = one([
      segment(1, '10.96.0.9:80 > 10.0.0.1:40000 A', { seq: 70, ack: 400 }),
      segment(1.1, '10.0.0.1:40000 > 10.1.0.5:8080 PA', { seq: 500, ack: 90, len: 20 }),
      segment(1.2, '10.96.0.9:80 > 10.0.0.1:40000 A', { seq: 90, ack: 520 }),
    ]);
    expect(conversations.length).toBe(1);
    expect(conversations.packetsOf(0).length).toBe(3);
  });
});

describe('what a text does not tell', () => {
  it('is marked where numbers are relative, and carried back where it is known', () => {
    const conversations = one([
      ...handshake(1, 1000),
      segment(2, `${OUT} PA`, {
        seq: 1,
        ack: 1,
        len: 5,
        relative: true,
        absolute: { seq: 1001, ack: 1501 },
      }),
      segment(3, `${BACK} A`, { ack: 6, relative: true }),
    ]);
    const [, , , known, unknown] = conversations.packetsOf(0);
    expect(known).toMatchObject({ seq: 1001, ack: 1501 });
    expect(known?.relative).toBeUndefined();
    expect(unknown).toMatchObject({ relative: true, older: null });
    expect(unknown?.seq ?? unknown?.ack).toBeUndefined();
  });

  it('is filled in from another capture of the same packet', () => {
    const bare = segment(5, `${OUT} A`, { ack: 77, ipId: 3 });
    const conversations = stitch([
      { name: 'text', segments: [bare] },
      { name: 'file', segments: [{ ...bare, seq: 33 }] },
    ]);
    const packets = conversations.packetsOf(0);
    expect(packets).toMatchObject([{ seq: 33, ack: 77 }]);
  });

  it('may be the flags', () => {
    const quiet = segment(1, `${OUT} -`, { len: 4 });
    expect(one([quiet]).at(0).state).toBe('mid-stream');
  });
});

describe('the table', () => {
  it('gives the conversation of each row, in the order of the source', () => {
    const other = segment(1.0005, '10.0.0.9:1 > 10.0.0.2:80 S', { seq: 4 });
    const [syn, synAck] = handshake(1, 1000);
    const conversations = stitch([
      { name: 'b', segments: [synAck as CapturedSegment] },
      { name: 'a', segments: [syn as CapturedSegment, other] },
    ]);
    expect([...conversations.ids(0)]).toEqual([0]);
    expect([...conversations.ids(1)]).toEqual([0, 1]);
  });

  it('gives the packets of all in the order of time', () => {
    const conversations = stitch([
      { name: 'a', segments: handshake(1, 1000) },
      { name: 'b', segments: handshake(1.0005, 5, '10.0.0.9:1 > 10.0.0.2:80') },
    ]);
    const times = [...conversations.packets()].map(({ at }) => at as number);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.length).toBe(6);
  });

  it('tells which conversation was before one as its record does', () => {
    const conversations = one([
      ...handshake(1, 1000),
      ...handshake(2, 5, '10.0.0.9:1 > 10.0.0.2:80', '10.0.0.2:80 > 10.0.0.9:1'),
      ...handshake(3, 9000),
    ]);
    expect([0, 1, 2].map((id) => conversations.previousOf(id))).toEqual([null, null, 0]);
    expect([...conversations].map(({ previous }) => previous)).toEqual([null, null, 0]);
  });

  it('throws a RangeError for a number that it does not have', () => {
    const conversations = one(handshake(1, 1000));
    expect(() => conversations.previousOf(1)).toThrow(RangeError);
    expect(() => conversations.at(1)).toThrow(RangeError);
    expect(() => conversations.packetsOf(-1)).toThrow(RangeError);
    expect(() => conversations.ids(1)).toThrow('no capture 1: there are 1');
  });

  it('is empty for no captures, and for empty ones', () => {
    expect(stitch([]).length).toBe(0);
    expect(one([]).length).toBe(0);
    expect([...one([]).packets()]).toEqual([]);
  });

  it('has records of these types', () => {
    expectTypeOf(stitch([]).at).returns.toEqualTypeOf<Conversation>();
    expectTypeOf<Conversation['translated']>().toEqualTypeOf<Translation | null>();
    expectTypeOf<ConversationPacket['answers']>().toEqualTypeOf<number | null>();
    expect(one(handshake(1, 2)).at(0).id).toBe(0);
  });
});
