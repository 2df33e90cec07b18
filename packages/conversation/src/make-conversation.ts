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
import { WORDS } from './flow-words.ts';
import type { Tracking } from './tracking.ts';

const UNKNOWN = 'what it was before translation no packet shows';

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

/** The flow before translation, or the only one that it can be; -1: nothing tells. */
function flowBefore({ conversations, links }: Tracking, id: number): number {
  const before = conversations.before(id);
  if (before >= 0) return before;
  const [only = -1, ...more] = links.before(conversations.after(id));
  return more.length === 0 ? only : -1;
}

/** The flow after translation, or the only one that an entry tells of; -1: it was not translated. */
function flowAfter({ conversations, links, untranslated }: Tracking, id: number): number {
  const after = conversations.after(id);
  const before = conversations.before(id);
  if (after >= 0 || untranslated.has(before)) return after;
  const [only, ...more] = links.of(before).filter((link) => link.before === before);
  return only?.basis === 'entries' && more.length === 0 ? only.after : -1;
}

function ends(tracking: Tracking, id: number): { client: Endpoint; server: Endpoint } {
  const { conversations } = tracking;
  const before = flowBefore(tracking, id);
  return before >= 0
    ? endsOf(tracking, before, isSecond(tracking, id, before))
    : endsOf(tracking, conversations.after(id), isSecond(tracking, id, conversations.after(id)));
}

/** At which end of a flow the client of a conversation is. */
function isSecond({ conversations, flows }: Tracking, id: number, flow: number): boolean {
  return conversations.replyOf(id, flow * 2, flows.bits(flow)) === 1;
}

function endsOf(
  { flows, addresses }: Tracking,
  flow: number,
  clientIsSecond: boolean,
): { client: Endpoint; server: Endpoint } {
  const { words } = flows;
  const end = (isSecond: boolean): Endpoint => {
    const word = flow * WORDS + (isSecond ? 2 : 0);
    const port = words[word + 1] as number;
    return { address: addresses.textOf(words[word] as number, port), port: port & 0xffff };
  };
  return { client: end(clientIsSecond), server: end(!clientIsSecond) };
}

function translation(tracking: Tracking, id: number): Translation | null {
  const { conversations, links } = tracking;
  const after = flowAfter(tracking, id);
  if (after < 0) return null;
  const ends = endsOf(tracking, after, isSecond(tracking, id, after));
  const before = flowBefore(tracking, id);
  const link = before < 0 ? undefined : links.between(before, after);
  const isShown = conversations.before(id) >= 0 && conversations.after(id) >= 0;
  if (link === undefined) {
    const why = `a rule redirects to this port; ${UNKNOWN}`;
    const known = links.of(after).findLast((other) => other.after === after);
    if (known === undefined && !isIntercepted(tracking, after)) return null;
    return {
      ...ends,
      basis: known?.basis ?? 'rules',
      confidence: 'likely',
      why: known ? `${known.why}; ${UNKNOWN}` : why,
    };
  }
  const { basis, confidence, why } = link;
  if (isShown || basis === 'entries') return { ...ends, basis, confidence, why };
  return {
    ...ends,
    basis,
    confidence: 'likely',
    why: `${why}, as it was with the last connection`,
  };
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
