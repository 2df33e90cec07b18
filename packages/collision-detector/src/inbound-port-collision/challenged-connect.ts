import type { Conversation, ConversationPacket } from '@tuplescope/conversation';
import type { IncidentPackets } from '../incident-packets.ts';

/** A connect of which some SYN was answered by a bare ACK of another connection (RFC 5961). */
export interface ChallengedConnect {
  readonly conversation: Conversation;
  readonly syns: readonly ConversationPacket[];
  readonly challenges: readonly [ConversationPacket, ...ConversationPacket[]];
  readonly resets: readonly ConversationPacket[];
  readonly synAck: ConversationPacket | null;
}

/** Gives a conversation as such a connect, or null where it is none. */
export function challengedConnect(
  { conversations }: IncidentPackets,
  id: number,
): ChallengedConnect | null {
  const all = conversations.packetsOf(id);
  const syns = all.filter(({ flags, direction }) => flags === 'S' && direction === 'original');
  const indexes = new Set(syns.map(({ index }) => index));
  const [challenge, ...more] = all.filter(
    ({ flags, len, older, answers, direction }) =>
      direction === 'reply' &&
      flags === 'A' &&
      len === 0 &&
      older !== null &&
      indexes.has(answers ?? -1),
  );
  if (challenge === undefined) return null;
  const isReset = ({ flags, direction }: ConversationPacket): boolean =>
    flags === 'R' && direction === 'original';
  return {
    conversation: conversations.at(id),
    syns,
    challenges: [challenge, ...more],
    resets: all.filter(isReset),
    synAck: all.find(({ flags, direction }) => flags === 'SA' && direction === 'reply') ?? null,
  };
}
