import { formatEndpoint } from '@tuplescope/net';
import { describe, expect, it } from 'vitest';
import type { Conversation } from './conversation.ts';
import type { Conversations } from './conversations.ts';
import { stitch } from './stitch.ts';
import { readFixture } from './testing/read-fixture.ts';

describe('one run in four captures', () => {
  const { captures, entries } = readFixture('lab-43301');
  const conversations = stitch(captures);

  it('is three conversations of one port, the last to another destination', () => {
    const ends = [...conversations].map(({ client, server }) => [client.port, server.port]);
    expect(ends).toEqual([
      [44410, 7777],
      [44410, 7777],
      [44410, 7778],
    ]);
    expect([...conversations].map(({ isn }) => isn.client)).toEqual([
      1442601084, 1603005355, 2692562720,
    ]);
  });

  it('is the same with the entries, which then are what it rests on', () => {
    const known = [...stitch(captures, { entries })];
    expect(known.map(({ translated }) => translated?.basis)).toEqual(Array(3).fill('entries'));
    const bare = (list: Iterable<object>) => [...list].map((one) => ({ ...one, translated: null }));
    expect(bare(known)).toEqual(bare(conversations));
  });

  it('sees each packet three times: on any, without interfaces, and on lo or eth0', () => {
    for (const { id } of conversations) {
      for (const { sightings } of conversations.packetsOf(id)) {
        const names = sightings.map(({ capture }) => capture.replace(/^(lo|eth0)$/, 'one')).sort();
        expect(names).toEqual(['any', 'any-without-interface', 'one']);
      }
    }
  });

  it('has as many packets as one capture of all interfaces', () => {
    const any = captures.find(({ name }) => name === 'any');
    expect([...conversations.packets()].length).toBe(any?.segments.length);
  });
});

describe('a connect that times out, then the same port to a second destination', () => {
  const { captures } = readFixture('lab-43301-rstdrop');
  const conversations = stitch(captures);

  it('draws challenge ACKs of the first connection under both destinations', () => {
    expect([...conversations].map(({ server, state }) => [server.port, state])).toEqual([
      [7777, 'connected'],
      [7777, 'not-connected'],
      [7778, 'connected'],
    ]);
    for (const id of [1, 2]) {
      const challenge = conversations.packetsOf(id)[1];
      expect(challenge).toMatchObject({ answers: 0, older: { conversation: 0 } });
    }
  });
});

describe('connections of one port to two destinations at once, redirected to one proxy', () => {
  const { captures, entries } = readFixture('lab-exhaust');
  const toProxy = (conversations: Conversations): Conversation[] =>
    [...conversations].filter(({ translated }) => translated !== null);
  const tuples = ({ client, server, translated }: Conversation): string =>
    [client, server, translated?.client, translated?.server]
      .map((end) => end && formatEndpoint(end))
      .join(' ');
  const known = entries.map(({ orig, reply }) => {
    const ends = [orig.src, orig.sport, orig.dst, orig.dport];
    const translated = [reply.dst, reply.dport, reply.src, reply.sport];
    const [a, b, c, d, e, f, g, h] = [...ends, ...translated];
    return `${a}:${b} ${c}:${d} ${e}:${f} ${g}:${h}`;
  });

  it('have the translations that conntrack tells of, source ports too, by sequence alone', () => {
    const found = toProxy(stitch(captures));
    expect(found.length).toBeGreaterThan(10);
    for (const conversation of found) expect(known).toContain(tuples(conversation));
    const remapped = found.filter(
      ({ client, translated }) => client.port !== translated?.client.port,
    );
    expect(remapped.length).toBeGreaterThan(0);
  });

  it('are the same conversations by sequence, by rules and by entries', () => {
    const bySequence = toProxy(stitch(captures)).map(tuples);
    expect(toProxy(stitch(captures, { interceptionPorts: [15001] })).map(tuples)).toEqual(
      bySequence,
    );
    expect(toProxy(stitch(captures, { entries })).map(tuples)).toEqual(bySequence);
  });

  it('are told from those that the proxy itself opens from the same ports, without translation', () => {
    const plain = entries.filter(({ reply }) => reply.sport !== 15001).map(({ orig }) => orig);
    const found = [...stitch(captures)].filter(({ translated }) => translated === null);
    const ends = found.map(({ client, server }) => `${client.port} ${server.port}`);
    expect(ends.toSorted()).toEqual(
      plain.map(({ sport, dport }) => `${sport} ${dport}`).toSorted(),
    );
  });

  it('carry no numbers of others', () => {
    const packets = [...stitch(captures).packets()];
    expect(packets.filter(({ older }) => older !== null)).toEqual([]);
    expect(packets.length).toBe(captures[0]?.segments.length);
  });
});
