import { describe, expect, it } from 'vitest';
import type { ConversationPacket } from './conversation-packet.ts';
import { stitch } from './stitch.ts';
import { fixtureNames, readFixture } from './testing/read-fixture.ts';

/** From the README of the recordings: numbers are those of the original report. */
const CASES = {
  case1: { old: 1382665634, fresh: 66001914, awaited: 1382665639 },
  case2: { old: 2082340709, fresh: 3587723838, awaited: 2082340714 },
};
const TIMES_OUT = [
  '5.19.0-case1',
  '5.19.0-case1-ignore_invalid_rst',
  '6.1.192-without-challenge-ack-fix-case1',
  '6.1.192-without-challenge-ack-fix-case1-log_invalid',
];

const pod = { address: '172.29.73.7', port: 44410 };
const service = { address: '172.21.206.198', port: 7777 };
const proxy = { address: '127.0.0.1', port: 15001 };

describe.each(fixtureNames(/^\d.*case[12]/))('the incident on %s', (name) => {
  const { captures, entries } = readFixture(name);
  const numbers = name.includes('case1') ? CASES.case1 : CASES.case2;
  const rows = captures.reduce((sum, { segments }) => sum + segments.length, 0);

  describe.each([
    ['sequence', {}],
    ['rules', { interceptionPorts: [15001] }],
    ['entries', { entries, interceptionPorts: [15001] }],
  ] as const)('by %s', (basis, knowledge) => {
    const conversations = stitch(captures, knowledge);
    const [older, newer] = conversations;
    const packets = conversations.packetsOf(1);

    it('has the old connection and the new one, both ends before and after redirection', () => {
      expect(conversations.length).toBe(2);
      for (const conversation of conversations) {
        expect(conversation).toMatchObject({
          client: pod,
          server: service,
          translated: { client: pod, server: proxy, basis, confidence: 'certain' },
        });
      }
      expect(older).toMatchObject({ isn: { client: numbers.old }, state: 'connected' });
      const state = TIMES_OUT.includes(name) ? 'not-connected' : 'connected';
      expect(newer).toMatchObject({ isn: { client: numbers.fresh }, state, previous: 0 });
    });

    it('leaves no packet out, and takes none for another', () => {
      expect(conversations.packetsOf(0).length + packets.length).toBe(rows);
      expect([...conversations.packets()].length).toBe(rows);
    });

    it('takes a SYN sent again for the same conversation', () => {
      const syns = packets.filter(({ flags }) => flags === 'S');
      expect(syns.length).toBeGreaterThan(1);
      const [first, ...again] = syns;
      expect(first).toMatchObject({ index: 0, retransmits: null, seq: numbers.fresh });
      for (const syn of again) expect(syn).toMatchObject({ retransmits: 0, seq: numbers.fresh });
    });

    it('marks challenge ACKs and the RSTs that answer them as of the old connection', () => {
      const challenges = packets.filter(({ ack }) => ack === numbers.awaited);
      expect(challenges.length).toBeGreaterThan(0);
      for (const challenge of challenges) {
        const asked = packets[challenge.answers ?? -1];
        expect(challenge).toMatchObject({ direction: 'reply', flags: 'A' });
        expect(challenge.older).toEqual({ conversation: 0 });
        expect(asked).toMatchObject({ flags: 'S', direction: 'original' });
      }
      const resets = packets.filter(({ flags }) => flags === 'R');
      // One RST a challenge ACK, and each after its own.
      expect(resets.map(({ answers }) => answers)).toEqual(challenges.map(({ index }) => index));
      for (const reset of resets) {
        expect(reset).toMatchObject({ seq: numbers.awaited, older: { conversation: 0 } });
      }
    });

    it('finds no other packet with old numbers', () => {
      const own = (packet: ConversationPacket) => packet.older === null;
      expect(conversations.packetsOf(0).every(own)).toBe(true);
      const foreign = packets.filter((packet) => !own(packet));
      expect(foreign.every(({ flags, ack }) => flags === 'R' || ack === numbers.awaited)).toBe(
        true,
      );
    });

    it('knows the RST on eth0 for the one that was not translated', () => {
      const points = packets
        .filter(({ flags }) => flags === 'R')
        .flatMap(({ sightings }) =>
          sightings.map(({ capture, translated }) => [capture, translated]),
        );
      for (const [capture, translated] of points) expect(translated).toBe(capture === 'lo');
      expect(points.some(([capture]) => capture === 'eth0')).toBe(TIMES_OUT.includes(name));
    });
  });
});

describe('the capture of the write-up, which begins after the old connection', () => {
  const { captures } = readFixture('istio-43301-case1');

  it.each([
    ['rules', 'likely', { interceptionPorts: [15001] }],
    ['sequence', 'likely', {}],
  ] as const)('is one conversation by %s', (basis, confidence, knowledge) => {
    const conversations = stitch(captures, knowledge);
    expect([...conversations]).toMatchObject([
      {
        client: pod,
        server: service,
        translated: { server: proxy, basis, confidence },
        isn: { client: 66001914, server: null },
        state: 'not-connected',
        ended: null,
        sightings: { original: 14, reply: 7 },
      },
    ]);
    // Seven SYNs, each drew a challenge ACK, and each of those a RST.
    const packets = conversations.packetsOf(0);
    expect(packets.map(({ flags }) => flags).join(' ')).toBe('S A R '.repeat(7).trim());
    expect(packets.map(({ answers }) => answers)).toEqual(
      packets.map(({ index }) => (index % 3 === 0 ? null : index - 1)),
    );
    const older = packets.filter(({ flags }) => flags !== 'S').map((packet) => packet.older);
    expect(older).toEqual(older.map(() => ({ conversation: null })));
  });
});
