import type { ConversationPacket } from '@tuplescope/conversation';
import { readIncidents } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import { incidentPackets, isIntercepted } from './incident-packets.ts';
import { recording } from './testing/recordings.ts';

const read = (path: string) => {
  const [incident] = readIncidents(recording(path));
  if (incident === undefined) throw new Error(`expected an incident in ${path}`);
  return { incident, packets: incidentPackets(incident) };
};

describe('incidentPackets', () => {
  it('puts the packets of several captures together, and points at each in its file', () => {
    const { incident, packets } = read('captures');
    const connects = [...packets.conversations].filter(({ state }) => state === 'not-connected');
    // tshark -r lo.pcap -Y 'tcp.flags.syn == 1 && tcp.flags.ack == 0': the port's second connect.
    expect(connects.map(({ client, server }) => [client.port, server.port])).toEqual([
      [44410, 7777],
    ]);
    const [syn] = packets.conversations.packetsOf(connects[0]?.id ?? 0) as [ConversationPacket];
    expect(packets.evidenceOf(syn, 'The SYN.')).toMatchObject({
      file: 'captures/lo.pcap',
      packet: 8,
      says: 'The SYN.',
    });
    expect(packets.segmentOf(syn.sightings[0] as never)).toMatchObject({ flags: 'S', ttl: 64 });
    expect(connects.map((connect) => isIntercepted(connect, incident))).toEqual([true]);
  });

  it('takes a text without a date to be of the day of the listings', () => {
    const { packets } = read('recordings/5.19.0/case1');
    const years = [...packets.conversations].map(({ first }) =>
      new Date((first ?? 0) * 1000).getUTCFullYear(),
    );
    expect(new Set(years)).toEqual(new Set([2026]));
  });
});
