import type { Conversation, ConversationPacket, Sighting } from '@tuplescope/conversation';
import type { PacketSegment } from '@tuplescope/incident';
import { isSameEndpoint } from '@tuplescope/net';
import type { IncidentPackets } from '../incident-packets.ts';
import type { TroubledConnect } from '../troubled-connects.ts';
import type { Clash, OtherWay } from './clash.ts';

/** A client that died and came again looks the same after a while; routes change too. */
const NEAR_SECONDS = 60;

/** Packets of the earlier connection may still be under way for so long. */
const UNDER_WAY_SECONDS = 0.05;

/**
 * Finds a connect that has the tuple of a connection which is still alive, and came another way: no
 * host has two connections with the same two ends, so a load balancer made them the same.
 */
export function twoWays(
  { conversation, previous, packets: all }: TroubledConnect,
  packets: IncidentPackets,
): Clash | null {
  const [syn] = all;
  if (previous === null || syn?.flags !== 'S' || !isAlive(previous, conversation)) return null;
  const [old] = packets.conversations.packetsOf(previous.id);
  const before = old === undefined ? null : viewOf(old, packets);
  const now = viewOf(syn, packets);
  const late = goingOn(all);
  const shows: OtherWay[] = [
    ...(late === undefined ? [] : ['goes-on' as const]),
    ...(differs(before?.ttl, now.ttl) ? ['ttl' as const] : []),
    ...(differs(macOf(before), macOf(now)) ? ['mac' as const] : []),
  ];
  const [first, ...others] = shows;
  if (first === undefined) return null;
  const { client, server, state } = conversation;
  const challenge = all.find(({ direction, older }) => direction === 'reply' && older !== null);
  const told: readonly (readonly [ConversationPacket | undefined, string])[] = [
    [old, `The connection that is alive: ${wayOf(before)}.`],
    [syn, `A SYN with the same two ends and another sequence number: ${wayOf(now)}.`],
    [challenge, "The answer carries the first connection's numbers: the SYN met its socket."],
    [late, 'The first connection goes on with its own numbers: two senders have these ends.'],
  ];
  return {
    kind: 'two-ways',
    shows: [first, ...others],
    client: { src: client.address, sport: client.port, dst: server.address, dport: server.port },
    isConnected: state === 'connected',
    syns: all.filter(({ flags }) => flags === 'S').length,
    hops: { first: before?.ttl ?? null, second: now.ttl ?? null },
    evidence: told.flatMap(([packet, says]) =>
      packet === undefined ? [] : [packets.evidenceOf(packet, says)],
    ),
  };
}

/** The earlier connection was not ended, was not silent for long, and is no other client's behind NAT. */
function isAlive(previous: Conversation, { client, translated, first }: Conversation): boolean {
  const isSource = translated !== null && !isSameEndpoint(translated.client, client);
  if (isSource || !isSameEndpoint(previous.client, client)) return false;
  if (previous.ended !== null || previous.state === 'not-connected') return false;
  const isTimed = first !== null && previous.last !== null;
  return isTimed && first - previous.last < NEAR_SECONDS;
}

/** A packet of the client with numbers of the earlier connection, later than any could be under way. */
function goingOn(all: readonly ConversationPacket[]): ConversationPacket | undefined {
  const start = all[0]?.at ?? null;
  return all.find(
    ({ direction, flags, older, at }) =>
      direction === 'original' &&
      older !== null &&
      !flags.includes('R') &&
      at !== null &&
      start !== null &&
      at - start > UNDER_WAY_SECONDS,
  );
}

function viewOf({ sightings }: ConversationPacket, { segmentOf }: IncidentPackets): PacketSegment {
  return segmentOf(sightings[0] as Sighting);
}

function differs(
  a: number | string | null | undefined,
  b: number | string | null | undefined,
): boolean {
  return a != null && b != null && a !== b;
}

/** The neighbour that handed the packet over, where the text of `tcpdump -e` names it. */
function macOf(segment: PacketSegment | null): string | null {
  const { srcMac } = (segment ?? {}) as { readonly srcMac?: string };
  return srcMac ?? null;
}

function wayOf(segment: PacketSegment | null): string {
  const ttl = segment?.ttl === undefined ? null : `TTL ${segment.ttl}`;
  const mac = macOf(segment);
  const parts = [ttl, mac === null ? null : `from ${mac}`].filter((part) => part !== null);
  return parts.length === 0 ? 'its first packet' : parts.join(', ');
}
