import type { Arrival } from './arrival.ts';
import { isIntercepted } from './find-link.ts';
import { moveFlow } from './flow-notes.ts';
import * as flowIs from './flow-words.ts';
import type { Tracking } from './tracking.ts';

/** Begins a conversation with this packet. */
export function beginConversation(
  tracking: Tracking,
  packet: Arrival,
  clientIsSecond: boolean,
): number {
  const { flows, links, conversations } = tracking;
  const { flow, at } = packet;
  flows.orient(flow, clientIsSecond);
  const isLinked = (flows.bits(flow) & flowIs.IS_LINKED) !== 0;
  const last = flows.current(flow);
  const previous = last < 0 && isLinked ? lastOfPartners(tracking, flow) : last;
  const conversation = conversations.add(previous, at);
  moveFlow(tracking, flow, conversation);
  flows.begin(flow);
  const befores = isLinked ? links.before(flow) : [];
  if (befores.length === 0 && !isIntercepted(tracking, flow)) {
    setBefore(tracking, conversation, flow);
    return conversation;
  }
  setAfter(tracking, conversation, flow);
  // What it was before translation, a packet of one of these flows will show.
  for (const before of befores) flows.mark(before, flowIs.IS_WATCHED);
  return conversation;
}

/** Makes a flow part of a conversation that another flow has begun. */
export function join(tracking: Tracking, flow: number, conversation: number): number {
  const { links, conversations } = tracking;
  moveFlow(tracking, flow, conversation);
  const before = conversations.before(conversation);
  const after = conversations.after(conversation);
  if (before < 0) {
    if (links.between(flow, after) !== undefined) setBefore(tracking, conversation, flow);
  } else if (after < 0 && links.between(before, flow) !== undefined) {
    setAfter(tracking, conversation, flow);
  } else if (after < 0 && links.between(flow, before) !== undefined) {
    // What was taken for the connection before translation is the one after it.
    setAfter(tracking, conversation, before);
    setBefore(tracking, conversation, flow);
  }
  return conversation;
}

function setBefore({ flows, conversations }: Tracking, conversation: number, flow: number): void {
  const isSecond = (flows.bits(flow) & flowIs.CLIENT_IS_SECOND) !== 0;
  conversations.setBefore(conversation, flow, isSecond);
}

function setAfter({ flows, conversations }: Tracking, conversation: number, flow: number): void {
  const isSecond = (flows.bits(flow) & flowIs.CLIENT_IS_SECOND) !== 0;
  conversations.setAfter(conversation, flow, isSecond);
}

/** The newest conversation of the flows that translations join to one. */
function lastOfPartners({ flows, links }: Tracking, flow: number): number {
  let last = -1;
  for (const { before, after } of links.of(flow)) {
    last = Math.max(last, flows.current(before === flow ? after : before));
  }
  return last;
}
