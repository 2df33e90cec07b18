import type { Conversation, ConversationPacket } from '@tuplescope/conversation';
import type { IncidentPackets } from '../incident-packets.ts';

/** A RST comes at once. */
const ANSWER_SECONDS = 0.5;

/** A RST that answers a segment of an established connection that nobody had begun to close. */
export interface Suspect {
  readonly conversation: Conversation;
  readonly odd: ConversationPacket;
  readonly reset: ConversationPacket;
  /** All packets of the connection. */
  readonly all: readonly ConversationPacket[];
}

/** Gives the RST that first ended a conversation, where it is such a one. */
export function suspectOf({ conversations }: IncidentPackets, id: number): Suspect | null {
  const all = conversations.packetsOf(id);
  const closing = all.findIndex(({ flags }) => /[FR]/.test(flags));
  const reset = all[closing];
  if (reset?.flags !== 'R' || reset.answers === null) return null;
  const odd = all[reset.answers];
  if (odd === undefined || odd.direction === reset.direction || /[SFR]/.test(odd.flags))
    return null;
  if ((reset.at ?? 0) - (odd.at ?? 0) > ANSWER_SECONDS) return null;
  const before = all.slice(0, odd.index);
  const hasOwn = (direction: ConversationPacket['direction']): boolean =>
    before.some(
      (packet) => packet.direction === direction && packet.older === null && isPlain(packet),
    );
  // The handshake, or packets of both sides, show that the connection was established.
  return hasOwn(reset.direction) && hasOwn(odd.direction)
    ? { conversation: conversations.at(id), odd, reset, all }
    : null;
}

function isPlain({ flags }: ConversationPacket): boolean {
  return flags.includes('A');
}
