import type { Conversation, ConversationPacket } from '@tuplescope/conversation';
import type { Incident } from '@tuplescope/incident';
import {
  addSerial,
  formatEndpoint,
  isSameAddress,
  normalizeAddress,
  type Tuple,
} from '@tuplescope/net';
import { type Attempt, type AttemptEvidence, emptyAttempt, type Step } from '../attempt.ts';
import type { DetectionContext } from '../detector.ts';
import { howOften } from '../how-often.ts';
import type { IncidentPackets } from '../incident-packets.ts';
import { interceptionPorts } from '../interception-ports.ts';
import { resetConversations } from '../reset-conversations.ts';
import { type ChallengedConnect, challengedConnect } from './challenged-connect.ts';

/** An inbound connect that packets show. */
export interface InboundPacketAttempt extends Attempt {
  /** The connection whose numbers the answer carries, or null where no capture shows it. */
  readonly first: Tuple | null;
}

/**
 * Finds, in packets, connects to the pod whose SYN was answered with the numbers of another
 * connection. It is a collision of the pod's where that is the same client port's connection to
 * another port of the pod, or where rules or entries send the connect to an inbound proxy.
 */
export function inboundAttemptsInPackets(
  incident: Incident,
  context: DetectionContext,
): InboundPacketAttempt[] {
  const ids = resetConversations(incident, context);
  if (ids.length === 0) return [];
  const packets = context.packets();
  const challenged = ids.flatMap((id) => challengedConnect(packets, id) ?? []);
  if (challenged.length === 0) return [];
  const byClient = conversationsByClient(packets, challenged);
  const ports = {
    inbound: interceptionPorts(incident, 'inbound'),
    outbound: interceptionPorts(incident, 'outbound'),
  };
  return challenged.flatMap((connect) => {
    const { translated, server } = connect.conversation;
    const to = translated?.server.port ?? server.port;
    if (ports.outbound.has(to)) return [];
    const owner = ownerOf(packets, connect, byClient.get(keyOf(connect.conversation)) ?? []);
    if (owner === null && !ports.inbound.has(to)) return [];
    return [attemptOf(packets, connect, owner, ports.inbound.has(to) ? to : null)];
  });
}

/** The conversations of each client port that was challenged. */
function conversationsByClient(
  { conversations }: IncidentPackets,
  challenged: readonly ChallengedConnect[],
): ReadonlyMap<string, readonly Conversation[]> {
  const byClient = new Map<string, Conversation[]>();
  for (const { conversation } of challenged) byClient.set(keyOf(conversation), []);
  const ports = new Set(challenged.map(({ conversation: { client } }) => client.port));
  for (const conversation of conversations) {
    if (ports.has(conversation.client.port)) byClient.get(keyOf(conversation))?.push(conversation);
  }
  return byClient;
}

/** Finds the connection whose numbers a challenge ACK carries: to another port of the same server. */
function ownerOf(
  packets: IncidentPackets,
  { conversation, challenges: [challenge] }: ChallengedConnect,
  ofClient: readonly Conversation[],
): Conversation | null {
  const isOwner = ({ id, server }: Conversation): boolean =>
    id !== conversation.id &&
    server.port !== conversation.server.port &&
    isSameAddress(server.address, conversation.server.address) &&
    expects(packets, id, challenge.ack);
  return ofClient.find(isOwner) ?? null;
}

/** Says whether a connection's server had just that number to come next from its client. */
function expects(
  { conversations }: IncidentPackets,
  id: number,
  number: number | undefined,
): boolean {
  if (number === undefined) return false;
  return conversations.packetsOf(id).some(({ direction, seq, ack, len, flags }) => {
    if (direction === 'reply') return ack === number;
    const taken = len + Number(flags.includes('S')) + Number(flags.includes('F'));
    return seq !== undefined && addSerial(seq, taken) === number;
  });
}

function keyOf({ client }: Conversation): string {
  return formatEndpoint({ address: normalizeAddress(client.address), port: client.port });
}

function attemptOf(
  packets: IncidentPackets,
  connect: ChallengedConnect,
  owner: Conversation | null,
  interceptionPort: number | null,
): InboundPacketAttempt {
  const { conversation, syns, challenges, synAck } = connect;
  const { client, isn } = conversation;
  const end = synAck ?? challenges.at(-1) ?? null;
  return {
    ...emptyAttempt('packets', normalizeAddress(client.address), client.port),
    interceptionPort,
    tuple: tupleOf(conversation),
    first: owner === null ? null : tupleOf(owner),
    begin: syns[0]?.at ?? null,
    end: end?.at ?? null,
    isn: isn.client,
    syns: syns.length,
    challengeAcks: challenges.length,
    outcome: synAck === null ? 'not-connected' : 'connected',
    evidence: evidenceOf(packets, connect, owner),
  };
}

function tupleOf({ client, server }: Conversation): Tuple {
  return { src: client.address, sport: client.port, dst: server.address, dport: server.port };
}

function evidenceOf(
  packets: IncidentPackets,
  { conversation, syns, challenges, resets, synAck }: ChallengedConnect,
  owner: Conversation | null,
): AttemptEvidence[] {
  const whose =
    owner === null
      ? 'of another connection'
      : `of the same client port's connection to port ${owner.server.port}`;
  const told: readonly (readonly [Step, ConversationPacket | null | undefined, string])[] = [
    [
      'syn',
      syns[0],
      `The SYN to port ${conversation.server.port}; it was sent ${howOften(syns.length)}.`,
    ],
    [
      'challenge-ack',
      challenges[0],
      `The answer is a bare ACK with the numbers ${whose}: a challenge ACK of its socket.`,
    ],
    ['reset-translated', resets[0], 'The client answers it with a RST.'],
    [
      'challenge-ack',
      challenges.length > 1 ? challenges.at(-1) : null,
      `The last of ${challenges.length} challenge ACKs.`,
    ],
    ['connected', synAck, 'The SYN-ACK: the connect succeeded.'],
  ];
  return told.flatMap(([shows, packet, says]) => {
    if (packet == null) return [];
    const { packet: number, says: said, ...place } = packets.evidenceOf(packet, says);
    return [{ shows, place, packet: number, says: said }];
  });
}
