import type { Conversation, ConversationPacket } from '@tuplescope/conversation';
import { type Endpoint, isSameEndpoint, normalizeAddress, type Tuple } from '@tuplescope/net';
import type { DetectionContext } from '../detector.ts';
import type { Evidence } from '../finding.ts';
import type { IncidentPackets } from '../incident-packets.ts';
import type { TroubledConnect } from '../troubled-connects.ts';
import { type Reuse, type ReuseBasis, TIME_WAIT_SECONDS } from './reuse.ts';

/** A connect whose SYN was answered out of an earlier connection of the same two ends. */
interface Challenged extends TroubledConnect {
  readonly previous: Conversation;
  /** ACKs with numbers of the earlier connection that answer a SYN. */
  readonly challenges: readonly ConversationPacket[];
}

/**
 * Finds connects that were answered by an ACK of an earlier connection which another client had
 * through the same port of a gateway, or which was closed less than 60 s before.
 *
 * @param gateways addresses that rules or entries show to be those of a gateway.
 */
export function reusesInPackets(
  { packets, troubled }: DetectionContext,
  gateways: () => ReadonlySet<string>,
): Reuse[] {
  return troubled().flatMap((connect) => {
    const challenged = asChallenged(connect);
    return challenged === null ? [] : (reuseOf(challenged, packets(), gateways) ?? []);
  });
}

function asChallenged(connect: TroubledConnect): Challenged | null {
  const { previous, packets } = connect;
  if (previous === null) return null;
  const challenges = packets.filter(
    ({ direction, flags, older, answers, len }) =>
      direction === 'reply' && flags === 'A' && len === 0 && older !== null && answers !== null,
  );
  return challenges.length === 0 ? null : { ...connect, previous, challenges };
}

function reuseOf(
  { conversation, previous, packets: all, challenges }: Challenged,
  packets: IncidentPackets,
  gateways: () => ReadonlySet<string>,
): Reuse | null {
  const outside = outsideOf(conversation);
  const gap =
    previous.last === null || conversation.first === null
      ? null
      : conversation.first - previous.last;
  const basis = basisOf(conversation, previous, gap, gateways);
  if (basis === null) return null;
  const synAck = all.find(({ flags }) => flags.includes('S') && flags.includes('A'));
  const end = synAck ?? all.at(-1);
  return {
    basis,
    client: tupleOf(conversation.client, conversation.server),
    earlier: basis === 'two-clients' ? tupleOf(previous.client, previous.server) : null,
    outside,
    gap,
    answers: challenges.length,
    isConnected: synAck !== undefined,
    seconds: conversation.first === null || end?.at == null ? null : end.at - conversation.first,
    evidence: evidenceOf(all, challenges, synAck, packets),
  };
}

function basisOf(
  conversation: Conversation,
  previous: Conversation,
  gap: number | null,
  gateways: () => ReadonlySet<string>,
): ReuseBasis | null {
  const { client, translated } = conversation;
  const isSource = translated !== null && !isSameEndpoint(translated.client, client);
  if (isSource && !isSameEndpoint(previous.client, client)) return 'two-clients';
  // One client that takes its own port again is no matter of a gateway.
  if (isSource || !isSameEndpoint(previous.client, client)) return null;
  if (previous.ended !== 'closed' || gap === null || gap >= TIME_WAIT_SECONDS) return null;
  const isGateway = gateways().has(normalizeAddress(client.address));
  return isGateway ? 'gateway-address' : 'outside';
}

function evidenceOf(
  all: readonly ConversationPacket[],
  challenges: readonly ConversationPacket[],
  synAck: ConversationPacket | undefined,
  packets: IncidentPackets,
): Evidence[] {
  const [syn] = all;
  const [challenge] = challenges;
  const reset = all.find(({ direction, flags }) => direction === 'original' && flags === 'R');
  const told: readonly (readonly [ConversationPacket | undefined, string])[] = [
    [syn, 'The SYN of the new connection.'],
    [challenge, "The answer: an ACK with the earlier connection's numbers, no SYN-ACK."],
    [reset, 'The client refuses that ACK with a RST, which ends what the other end remembers.'],
    [synAck, 'The SYN-ACK: the connect succeeded after all.'],
  ];
  return told.flatMap(([packet, says]) =>
    packet === undefined ? [] : [packets.evidenceOf(packet, says)],
  );
}

function outsideOf({ client, server, translated }: Conversation): Tuple {
  return tupleOf(translated?.client ?? client, translated?.server ?? server);
}

function tupleOf(client: Endpoint, server: Endpoint): Tuple {
  return { src: client.address, sport: client.port, dst: server.address, dport: server.port };
}
