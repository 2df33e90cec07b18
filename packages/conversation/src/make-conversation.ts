import type { Endpoint } from '@tuplescope/net';
import type {
  Conversation,
  ConversationEnding,
  ConversationState,
  Translation,
} from './conversation.ts';
import * as is from './conversation-columns.ts';
import { isIntercepted } from './find-link.ts';
import { gather } from './flow-notes.ts';
import { WORDS } from './flow-table.ts';
import type { Tracking } from './tracking.ts';

/** Makes the record of a conversation from the columns. */
export function makeConversation(tracking: Tracking, id: number): Conversation {
  const { conversations, base } = tracking;
  gather(tracking, id);
  const { words } = conversations;
  const state = conversations.state(id);
  const previous = conversations.previous(id);
  const time = (at: number): number | null => (Number.isNaN(at) ? null : base + at);
  return {
    id,
    ...ends(tracking, id),
    translated: translation(tracking, id),
    isn: {
      client: state & is.HAS_ISN ? conversations.clientIsn(id) : null,
      server: state & is.HAS_SERVER_ISN ? conversations.serverIsn(id) : null,
    },
    first: time(conversations.first(id)),
    last: time(conversations.last(id)),
    sightings: {
      original: words[id * is.WORDS + is.SIGHTINGS] as number,
      reply: words[id * is.WORDS + is.SIGHTINGS + 1] as number,
    },
    state: stateOf(state),
    ended: endingOf(state),
    previous: previous < 0 ? null : previous,
  };
}

function ends(tracking: Tracking, id: number): { client: Endpoint; server: Endpoint } {
  const { conversations } = tracking;
  const before = conversations.before(id);
  return before >= 0
    ? endsOf(tracking, before, is.CLIENT_IS_SECOND_BEFORE, id)
    : endsOf(tracking, conversations.after(id), is.CLIENT_IS_SECOND_AFTER, id);
}

function endsOf(
  { flows, addresses, conversations }: Tracking,
  flow: number,
  clientBit: number,
  id: number,
): { client: Endpoint; server: Endpoint } {
  const { words } = flows;
  const end = (isSecond: boolean): Endpoint => {
    const word = flow * WORDS + (isSecond ? 2 : 0);
    const port = words[word + 1] as number;
    return { address: addresses.textOf(words[word] as number, port), port: port & 0xffff };
  };
  const clientIsSecond = (conversations.state(id) & clientBit) !== 0;
  return { client: end(clientIsSecond), server: end(!clientIsSecond) };
}

function translation(tracking: Tracking, id: number): Translation | null {
  const { conversations, links } = tracking;
  const after = conversations.after(id);
  if (after < 0) return null;
  const ends = endsOf(tracking, after, is.CLIENT_IS_SECOND_AFTER, id);
  const before = conversations.before(id);
  const link = before < 0 ? undefined : links.between(before, after);
  if (link !== undefined) {
    const { basis, confidence, why } = link;
    return { ...ends, basis, confidence, why };
  }
  const known = links.of(after).findLast((other) => other.after === after);
  const unknown = 'what it was before translation no packet shows';
  if (known !== undefined) {
    const { basis, confidence } = known;
    return { ...ends, basis, confidence, why: `${known.why}; ${unknown}` };
  }
  if (!isIntercepted(tracking, after)) return null;
  const why = `a rule redirects to this port; ${unknown}`;
  return { ...ends, basis: 'rules', confidence: 'likely', why };
}

function stateOf(state: number): ConversationState {
  if (!(state & is.HAS_ISN)) return 'mid-stream';
  if (state & is.IS_CONNECTED) return 'connected';
  return state & is.IS_REFUSED ? 'refused' : 'not-connected';
}

function endingOf(state: number): ConversationEnding | null {
  if (state & (is.HAS_RST * 3)) return 'reset';
  const fins = state & (is.HAS_FIN * 3);
  if (fins === 0) return null;
  return fins === is.HAS_FIN * 3 ? 'closed' : 'half-closed';
}
