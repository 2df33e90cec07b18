import type { Arrival } from './arrival.ts';
import { beginConversation, join } from './begin-conversation.ts';
import * as is from './conversation-columns.ts';
import { findLink } from './find-link.ts';
import * as flowIs from './flow-words.ts';
import { carriesNumbers } from './foreign-numbers.ts';
import { placeSyn, placeSynAck } from './place-syn.ts';
import { LACKS_ACK, LACKS_SEQ } from './segment-columns.ts';
import type { Tracking } from './tracking.ts';

const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;

/** Finds the conversation of a packet, beginning one where it needs a new one. */
export function placePacket(tracking: Tracking, packet: Arrival): number {
  const { flows } = tracking;
  const { flow, flags } = packet;
  let conversation = -1;
  if ((flags & (SYN | RST)) === SYN) {
    if (!(flags & ACK) && !(packet.doubts & LACKS_SEQ)) conversation = placeSyn(tracking, packet);
    if (flags & ACK && !(packet.doubts & LACKS_ACK)) conversation = placeSynAck(tracking, packet);
  }
  if (conversation < 0) conversation = placeOther(tracking, packet);
  const bits = flows.bits(flow);
  const sent = (packet.side ^ bits) & 1 ? flowIs.HAS_REPLY : flowIs.HAS_ORIGINAL;
  const both = flowIs.HAS_ORIGINAL | flowIs.HAS_REPLY;
  const isOver = ((bits | sent) & both) === both || flows.isTried(flow);
  const isWatched = bits & flowIs.IS_LINKED ? isAwaited(tracking, flow) : !isOver;
  flows.mark(flow, sent, isWatched ? 0 : flowIs.IS_WATCHED);
  return conversation;
}

function placeOther(tracking: Tracking, packet: Arrival): number {
  const { flows, links } = tracking;
  const { flow } = packet;
  const current = flows.current(flow);
  if (current < 0) presumeClient(tracking, packet);
  const reply = (packet.side ^ flows.bits(flow)) & 1;
  if (flows.bits(flow) & flowIs.IS_LINKED) {
    const joined = ofPartner(tracking, packet, reply);
    if (joined >= 0) return joined;
  } else if (flows.tryAgain(flow)) {
    const link = findLink(tracking, packet, reply);
    if (link !== null) {
      links.add(link);
      const other = link.before === flow ? link.after : link.before;
      return joinFlows(tracking, flow, other);
    }
  }
  if (current >= 0) return current;
  return beginConversation(tracking, packet, (flows.bits(flow) & 1) === 1);
}

/** Says whether a conversation waits for a packet that shows what it was before translation. */
function isAwaited({ flows, links, conversations }: Tracking, flow: number): boolean {
  return links.of(flow).some(({ before, after }) => {
    const conversation = flows.current(after);
    return before === flow && conversation >= 0 && conversations.before(conversation) < 0;
  });
}

/** The conversation of a flow joined to this one, where the packet is of that one; else -1. */
function ofPartner(tracking: Tracking, packet: Arrival, reply: number): number {
  const { flows, links, conversations } = tracking;
  const { flow } = packet;
  const current = flows.current(flow);
  for (const { before, after } of links.of(flow)) {
    const isBefore = before === flow;
    const conversation = flows.current(isBefore ? after : before);
    if (conversation < 0 || conversation === current) continue;
    const end = isBefore ? conversations.before(conversation) : conversations.after(conversation);
    if (current < 0 ? end === -1 || end === flow : isBefore && end === -1) {
      if (current < 0 || takesOver(tracking, packet, reply, after)) {
        return join(tracking, flow, conversation);
      }
    }
  }
  return -1;
}

/**
 * A connection waits, and an answer comes on a flow that was in another: it is that connection's,
 * unless the other one is alive without translation, and the answer carries its numbers. A challenge
 * ACK carries numbers of the connection before, but that one had the same end after translation.
 */
function takesOver(tracking: Tracking, packet: Arrival, reply: number, after: number): boolean {
  const { flows, conversations } = tracking;
  if (reply === 0) return false;
  const current = flows.current(packet.flow);
  if (conversations.after(current) === after) return true;
  const answers = conversations.words[current * is.WORDS + is.SIGHTINGS + 1] as number;
  const { seq, ack, doubts } = packet;
  return answers === 0 || !carriesNumbers(conversations, current, seq, ack, doubts, 1);
}

/** Two flows turn out to be one connection: the one that shows its SYN, else the other one, goes on. */
function joinFlows(tracking: Tracking, flow: number, other: number): number {
  const { flows, conversations } = tracking;
  const own = flows.current(flow);
  const others = flows.current(other);
  const isOwn = own >= 0 && (conversations.state(own) & is.HAS_ISN) !== 0;
  return isOwn ? join(tracking, other, own) : join(tracking, flow, others);
}

/** No SYN tells who opened the connection: the lower port is mostly the server's. */
function presumeClient({ flows, interceptionPorts }: Tracking, { flow, side }: Arrival): void {
  if (flows.bits(flow) & flowIs.IS_ORIENTED) return;
  const word = flow * flowIs.WORDS;
  const first = (flows.words[word + 1] as number) & 0xffff;
  const second = (flows.words[word + 3] as number) & 0xffff;
  if (interceptionPorts.has(first) !== interceptionPorts.has(second)) {
    flows.orient(flow, interceptionPorts.has(first));
  } else if (first !== second) flows.orient(flow, second > first);
  else flows.orient(flow, side === 1);
}
