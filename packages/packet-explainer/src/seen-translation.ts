import type { Conversation, ConversationPacket } from '@tuplescope/conversation';
import type { Evidence } from './evidence.ts';

/**
 * Makes a question for the packets of a conversation: do the captures show that it was translated?
 *
 * A capture shows what a host sends after NAT at OUTPUT, and what it receives before NAT at
 * PREROUTING. So an untranslated packet tells something only where the others of its kind show
 * translated: the conversation of an application on the captured host. Elsewhere the answer is null.
 */
export function seenTranslation(
  conversation: Conversation,
  packets: readonly ConversationPacket[],
  { localAddresses }: Evidence,
): (packet: ConversationPacket) => boolean | null {
  const { translated, client } = conversation;
  if (translated === null) return () => null;
  const requests = packets.filter(({ direction }) => direction === 'original').map(formsOf);
  // A router shows both sides of NAT, and each packet twice.
  if (requests.some(({ after, before }) => after && before)) return () => null;
  const isLocal = localAddresses.has(client.address);
  if (!isLocal && !requests.some(({ after }) => after)) return () => null;
  return (packet) => {
    const { after, before } = formsOf(packet);
    if (after === before) return null;
    if (packet.direction === 'original') return after;
    // A reply is captured after its translation was undone; but one that carries the service's
    // address may as well come from the service itself, whose answers need no undoing.
    return after ? false : null;
  };
}

/** Whether a packet was captured with addresses as they are after NAT, and as before. */
function formsOf({ sightings }: ConversationPacket): { after: boolean; before: boolean } {
  return {
    after: sightings.some(({ translated }) => translated),
    before: sightings.some(({ translated }) => !translated),
  };
}
