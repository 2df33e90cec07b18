import type { Arrival } from './arrival.ts';
import * as is from './conversation-columns.ts';
import { isIntercepted } from './find-link.ts';
import { moveFlow } from './flow-notes.ts';
import * as flowIs from './flow-table.ts';
import type { Tracking } from './tracking.ts';

/** Begins a conversation with this packet, on its flow and on those that translations join to it. */
export function beginConversation(
  tracking: Tracking,
  packet: Arrival,
  clientIsSecond: boolean,
): number {
  const { flows, links, conversations } = tracking;
  const { flow, at } = packet;
  flows.orient(flow, clientIsSecond);
  if (!(flows.bits(flow) & flowIs.IS_LINKED)) {
    const conversation = conversations.add(flows.current(flow), at);
    moveFlow(tracking, flow, conversation);
    flows.begin(flow);
    if (isIntercepted(tracking, flow)) setAfter(tracking, conversation, flow);
    else setBefore(tracking, conversation, flow);
    return conversation;
  }
  const befores = links.of(flow).filter((link) => link.after === flow);
  const afters = links.of(flow).filter((link) => link.before === flow);
  const only = befores.length === 1 ? (befores[0]?.before ?? -1) : -1;
  const conversation = conversations.add(lastOf(tracking, flow, only), at);
  moveFlow(tracking, flow, conversation);
  flows.begin(flow);
  if (befores.length > 0) {
    setAfter(tracking, conversation, flow);
    if (only < 0) return conversation;
    setBefore(tracking, conversation, only);
    conversations.mark(conversation, is.IS_PRESUMED);
    moveFlow(tracking, only, conversation);
    flows.begin(only);
    flows.mark(only, flowIs.IS_WATCHED);
  } else {
    setBefore(tracking, conversation, flow);
    const [after, ...more] = afters;
    // Of several, a packet must show which is in force.
    if (after === undefined || more.length > 0) return conversation;
    setAfter(tracking, conversation, after.after);
    moveFlow(tracking, after.after, conversation);
    flows.begin(after.after);
  }
  return conversation;
}

/** Makes a flow part of a conversation that another flow has begun. */
export function join(tracking: Tracking, flow: number, conversation: number): number {
  const { links, conversations } = tracking;
  moveFlow(tracking, flow, conversation);
  for (const link of links.of(flow)) {
    const isPresumed = (conversations.state(conversation) & is.IS_PRESUMED) !== 0;
    if (link.before === flow && link.after === conversations.after(conversation)) {
      if (conversations.before(conversation) === -1 || isPresumed)
        setBefore(tracking, conversation, flow);
      conversations.clear(conversation, is.IS_PRESUMED);
    } else if (link.before === flow && link.after === conversations.before(conversation)) {
      // What was taken for the connection before translation is the one after it.
      setAfter(tracking, conversation, link.after);
      setBefore(tracking, conversation, flow);
    } else if (link.after === flow && link.before === conversations.before(conversation)) {
      if (conversations.after(conversation) === -1) setAfter(tracking, conversation, flow);
    }
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

/** The conversation that this one comes after: of its flow, else of a flow joined to it. */
function lastOf({ flows, links }: Tracking, flow: number, only: number): number {
  const own = flows.current(flow);
  if (own >= 0) return own;
  if (only >= 0) return flows.current(only);
  let last = -1;
  for (const { before, after } of links.of(flow)) {
    last = Math.max(last, flows.current(before === flow ? after : before));
  }
  return last;
}
