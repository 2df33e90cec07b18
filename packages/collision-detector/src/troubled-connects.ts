import type { Conversation, ConversationPacket } from '@tuplescope/conversation';
import type { Incident } from '@tuplescope/incident';
import { type IncidentPackets, isIntercepted } from './incident-packets.ts';

/** More such connects tell no more; a flood of them must not fill the memory. */
const MOST = 10_000;

/** A connect whose SYN was sent again or had no answer that its client took up. */
export interface TroubledConnect {
  readonly conversation: Conversation;
  /** The connection before it with the same two ends, before or after translation; null: none. */
  readonly previous: Conversation | null;
  /** Its packets in the order of time; the first is its SYN. */
  readonly packets: readonly ConversationPacket[];
}

/**
 * Gives the connects that met something on their way which packets can tell: an earlier connection
 * with the same ends, or a translation. A SYN that is only lost tells nothing and is left out, and so
 * is what a proxy of the same pod intercepts, which other families are about.
 */
export function troubledConnects(
  incident: Incident,
  { conversations, isSmooth }: IncidentPackets,
): TroubledConnect[] {
  const connects: TroubledConnect[] = [];
  for (let id = 0; id < conversations.length && connects.length < MOST; id++) {
    if (isSmooth(id)) continue;
    const conversation = conversations.at(id);
    if (!mayTell(conversation) || isIntercepted(conversation, incident)) continue;
    const { previous } = conversation;
    connects.push({
      conversation,
      previous: previous === null ? null : conversations.at(previous),
      packets: conversations.packetsOf(id),
    });
  }
  return connects;
}

function mayTell({ state, previous, translated, client, server }: Conversation): boolean {
  if (state !== 'not-connected' && state !== 'connected') return false;
  return previous !== null || translated !== null || client.address === server.address;
}
