import type { ConversationPacket } from '@tuplescope/conversation';
import type { PacketSegment } from '@tuplescope/incident';
import { isLoopback, isSameAddress } from '@tuplescope/net';
import type { IncidentPackets } from '../incident-packets.ts';
import type { TroubledConnect } from '../troubled-connects.ts';
import type { Clash } from './clash.ts';

/** What hosts begin to count hops from: any other value has been through a router. */
const FRESH = new Set([64, 128, 255]);

/**
 * Finds a connect that came back to the host that made it, with that host's own address as its source:
 * no host takes a packet from outside that says it is from itself.
 */
export function hairpin(
  { conversation, packets: all }: TroubledConnect,
  packets: IncidentPackets,
): Clash | null {
  const { client, server, state } = conversation;
  if (state !== 'not-connected' || isLoopback(client.address)) return null;
  for (const syn of all) {
    if (syn.flags !== 'S') continue;
    const views = syn.sightings.map((sighting) => ({
      sighting,
      segment: packets.segmentOf(sighting),
    }));
    const back = views.find(({ segment }) => isBack(segment));
    if (back === undefined) continue;
    const out = views.find(({ segment }) => !isSameAddress(segment.dst, client.address));
    const ttl = back.segment.ttl as number;
    const hasHopped = out === undefined ? !FRESH.has(ttl) : ttl < (out.segment.ttl ?? 0);
    if (!hasHopped) continue;
    const says = `The same SYN comes back to ${client.address}, from its own address: TTL ${ttl}.`;
    return {
      kind: 'hairpin',
      isWhole: out !== undefined,
      client: { src: client.address, sport: client.port, dst: server.address, dport: server.port },
      isConnected: false,
      syns: all.filter(({ flags }) => flags === 'S').length,
      hops: { first: out?.segment.ttl ?? null, second: ttl },
      evidence: [
        ...(out === undefined
          ? []
          : [
              packets.evidenceOf(
                seenAs(syn, out.sighting),
                `The SYN leaves: TTL ${out.segment.ttl}.`,
              ),
            ]),
        packets.evidenceOf(seenAs(syn, back.sighting), says),
      ],
    };
  }
  return null;
}

function isBack({ src, dst, ttl }: PacketSegment): boolean {
  return ttl !== undefined && isSameAddress(src, dst);
}

/** The packet as one capture shows it. */
function seenAs(
  packet: ConversationPacket,
  sighting: ConversationPacket['sightings'][number],
): ConversationPacket {
  return { ...packet, sightings: [sighting] };
}
