import type { Arrival } from './arrival.ts';
import { beginConversation, join } from './begin-conversation.ts';
import * as is from './conversation-columns.ts';
import { findLink } from './find-link.ts';
import * as flowIs from './flow-table.ts';
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
  const isOver =
    ((bits | sent) & both) === both || flows.isTried(flow) || (bits & flowIs.IS_LINKED) !== 0;
  const isWatchedNoMore = isOver && !(bits & flowIs.IS_SHARED);
  flows.mark(flow, sent, isWatchedNoMore ? flowIs.IS_WATCHED : 0);
  if (tracking.conversations.before(conversation) === flow) {
    tracking.conversations.clear(conversation, is.IS_PRESUMED);
  }
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

/** The conversation of a linked flow, where this packet's flow has none or waits for one; else -1. */
function ofPartner(tracking: Tracking, packet: Arrival, reply: number): number {
  const { flows, links, conversations } = tracking;
  const { flow } = packet;
  const current = flows.current(flow);
  for (const link of links.of(flow)) {
    const partner = link.before === flow ? link.after : link.before;
    const conversation = flows.current(partner);
    if (conversation < 0 || conversation === current) continue;
    const end =
      link.before === flow ? conversations.before(conversation) : conversations.after(conversation);
    if (end === flow) {
      if (current < 0) return join(tracking, flow, conversation);
    } else if (end === -1 && (reply === 1 || current < 0)) {
      return join(tracking, flow, conversation);
    }
  }
  return -1;
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
