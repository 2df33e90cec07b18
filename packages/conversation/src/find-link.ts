import { isLoopback } from '@tuplescope/net';
import type { Arrival } from './arrival.ts';
import type { Basis, Confidence } from './conversation.ts';
import * as is from './conversation-columns.ts';
import { gather } from './flow-notes.ts';
import type { Link } from './links.ts';
import { LACKS_ACK, LACKS_SEQ } from './segment-columns.ts';
import type { Tracking } from './tracking.ts';

/** Seconds in which an answer with foreign numbers is still one to the SYN before it. */
const SOON = 3;
/** The same without a rule or a loopback address that speaks for it. */
const AT_ONCE = 0.1;
const ACK = 0x10;

type Finding = Pick<Link, 'basis' | 'confidence' | 'why'>;

/**
 * Looks for a flow of the same client that this packet's flow is a translation of: the one has the
 * requests, the other the answers. Gives the translation, or null.
 */
export function findLink(tracking: Tracking, packet: Arrival, reply: number): Link | null {
  const { flows, conversations } = tracking;
  const { flow } = packet;
  const own = flows.current(flow);
  for (const other of flows.nearest(flow)) {
    const conversation = flows.current(other);
    if (conversation < 0 || conversation === own) continue;
    const isTaken = conversations.before(conversation) >= 0;
    if (isTaken && tracking.links.of(other).length > 0) continue;
    // Two SYNs of their own are two connections.
    if (own >= 0 && conversations.state(own) & conversations.state(conversation) & is.HAS_ISN) {
      continue;
    }
    gather(tracking, conversation);
    const finding = judge(tracking, packet, reply, other, conversation);
    if (finding === null) continue;
    const otherIsAfter = isAfter(tracking, other, flow, reply === 1);
    return { ...finding, before: otherIsAfter ? flow : other, after: otherIsAfter ? other : flow };
  }
  return null;
}

/** Says which of two flows is the one after translation; captures mostly have requests after it. */
export function isAfter(
  tracking: Tracking,
  flow: number,
  other: number,
  otherwise: boolean,
): boolean {
  const own = isIntercepted(tracking, flow);
  if (own !== isIntercepted(tracking, other)) return own;
  const loops = isRedirected(tracking, flow);
  return loops === isRedirected(tracking, other) ? otherwise : loops;
}

/** Says whether an address or a rule shows that one of two flows is a translation, and not the other. */
export function isTranslated(tracking: Tracking, flow: number, other: number): boolean {
  return (
    isIntercepted(tracking, flow) !== isIntercepted(tracking, other) ||
    isRedirected(tracking, flow) !== isRedirected(tracking, other)
  );
}

/**
 * Says whether a flow's server end is one that a rule redirects to. A client that has the loopback
 * address called the proxy itself.
 */
export function isIntercepted(tracking: Tracking, flow: number): boolean {
  const { flows, interceptionPorts } = tracking;
  const port = (flows.words[flows.end(flow, false) + 1] as number) & 0xffff;
  return interceptionPorts.has(port) && !isLoopbackEnd(tracking, flow, true);
}

/** Says whether a flow goes from another address to the loopback one, as only a redirected one does. */
function isRedirected(tracking: Tracking, flow: number): boolean {
  return isLoopbackEnd(tracking, flow, false) && !isLoopbackEnd(tracking, flow, true);
}

function isLoopbackEnd({ flows, addresses }: Tracking, flow: number, isClient: boolean): boolean {
  const end = flows.end(flow, isClient);
  return isLoopback(addresses.textOf(flows.words[end] as number, flows.words[end + 1] as number));
}

function judge(
  tracking: Tracking,
  packet: Arrival,
  reply: number,
  other: number,
  conversation: number,
): Finding | null {
  const { conversations } = tracking;
  const matches = countMatches(conversations, conversation, packet, reply);
  const hasRule = isIntercepted(tracking, packet.flow) !== isIntercepted(tracking, other);
  const finding = (basis: Basis, confidence: Confidence, why: string): Finding => ({
    basis,
    confidence,
    why,
  });
  if (matches > 0) {
    const numbers = 'the numbers of one go on in the other, and the client is the same';
    if (hasRule) return finding('rules', 'certain', `a rule redirects to this port, ${numbers}`);
    const isCertain = matches > 1 || (conversations.state(conversation) & is.HAS_ISN) !== 0;
    return finding('sequence', isCertain ? 'certain' : 'likely', numbers);
  }
  const waits = packet.at - conversations.last(conversation);
  if (!isWaiting(conversations, conversation) || !(waits < SOON)) return null;
  if (hasRule) {
    const why = 'a rule redirects to this port, and the same client has a SYN there unanswered';
    return finding('rules', 'likely', why);
  }
  if (reply === 0) return null;
  if (isRedirected(tracking, other)) {
    const why = 'the same client has a SYN unanswered that went to the loopback address';
    return finding('sequence', 'likely', why);
  }
  if (packet.flags !== ACK || packet.len > 0 || !(waits < AT_ONCE)) return null;
  return finding('sequence', 'possible', 'it follows at once on a SYN of the same client');
}

/** How many numbers of a packet are exactly those that the other flow's conversation waits for. */
function countMatches(
  conversations: is.ConversationColumns,
  conversation: number,
  { seq, ack, doubts }: Arrival,
  reply: number,
): number {
  const { words } = conversations;
  const state = conversations.state(conversation);
  const word = conversation * is.WORDS;
  const matches = (has: number, side: number, at: number, number: number): number =>
    state & (has << side) && words[word + at + side] === number ? 1 : 0;
  let count = 0;
  if (!(doubts & LACKS_SEQ)) {
    // What the other side acknowledged last, or what this side sent last, goes on here.
    count +=
      matches(is.HAS_ACKED, 1 - reply, is.ACKED, seq) || matches(is.HAS_END, reply, is.END, seq);
  }
  if (!(doubts & LACKS_ACK)) count += matches(is.HAS_END, 1 - reply, is.END, ack);
  return count;
}

/** Says whether a conversation is a SYN without an answer, before translation unknown. */
function isWaiting(conversations: is.ConversationColumns, conversation: number): boolean {
  const state = conversations.state(conversation);
  const sightings = conversations.words[conversation * is.WORDS + is.SIGHTINGS + 1] as number;
  return (state & (is.HAS_ISN | is.IS_CONNECTED | is.IS_REFUSED)) === is.HAS_ISN && sightings === 0;
}
