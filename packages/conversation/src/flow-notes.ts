import * as is from './conversation-columns.ts';
import * as flowIs from './flow-words.ts';
import type { Tracking } from './tracking.ts';

/** Forward by less than this is a connection going on; the largest window is 2^30 (RFC 7323 2.2). */
const FAR = 1 << 26;

/**
 * Lets a flow note its next packets by itself, if its conversation has nothing more to be found out:
 * in its own words, so that a packet needs no look at those of the conversation.
 */
export function settleFlow({ flows, conversations }: Tracking, flow: number): void {
  const conversation = flows.current(flow);
  const isSettled = (conversations.state(conversation) & is.IS_SETTLED) !== 0;
  const isOwn =
    conversations.before(conversation) === flow || conversations.after(conversation) === flow;
  if (!isSettled || !isOwn || flows.bits(flow) & flowIs.IS_WATCHED) return;
  const from = conversation * is.WORDS;
  const to = flow * flowIs.WORDS;
  const { words } = conversations;
  for (let reply = 0; reply < 2; reply++) {
    flows.words[to + flowIs.SIGHTINGS + reply] = 0;
    flows.words[to + flowIs.END + reply] = words[from + is.END + reply] as number;
  }
  flows.times[to / 2 + flowIs.LAST] = conversations.last(conversation);
  flows.mark(flow, flowIs.IS_SETTLED);
}

/** Brings what the flows of a conversation noted by themselves into its own words. */
export function gather(tracking: Tracking, conversation: number): void {
  const { flows, conversations } = tracking;
  const before = conversations.before(conversation);
  const after = conversations.after(conversation);
  if (before >= 0 && flows.current(before) === conversation) gatherFlow(tracking, before);
  if (after >= 0 && flows.current(after) === conversation) gatherFlow(tracking, after);
}

/** Puts a flow into another conversation. */
export function moveFlow(tracking: Tracking, flow: number, conversation: number): void {
  gatherFlow(tracking, flow);
  tracking.flows.mark(flow, 0, flowIs.IS_SETTLED);
  tracking.flows.setCurrent(flow, conversation);
}

function gatherFlow({ flows, conversations }: Tracking, flow: number): void {
  if (!(flows.bits(flow) & flowIs.IS_SETTLED)) return;
  const fins = flowIs.HAS_FIN * 3;
  const conversation = flows.current(flow);
  conversations.mark(conversation, ((flows.bits(flow) & fins) / flowIs.HAS_FIN) * is.HAS_FIN);
  flows.mark(flow, 0, fins);
  const from = flow * flowIs.WORDS;
  const to = conversation * is.WORDS;
  const { words, times } = conversations;
  for (let reply = 0; reply < 2; reply++) {
    const sightings = to + is.SIGHTINGS + reply;
    const more = flows.words[from + flowIs.SIGHTINGS + reply] as number;
    words[sightings] = (words[sightings] as number) + more;
    flows.words[from + flowIs.SIGHTINGS + reply] = 0;
    forward(words, to + is.END + reply, flows.words[from + flowIs.END + reply] as number);
  }
  const last = flows.times[from / 2 + flowIs.LAST] as number;
  // Not `last > …`: without times both are NaN.
  if (!(last < conversations.last(conversation))) times[to / 2 + is.LAST] = last;
}

/** Takes a number on, unless it lies behind or far off; says whether it did. */
export function forward(words: Uint32Array, at: number, number: number): boolean {
  if ((number - (words[at] as number)) >>> 0 >= FAR) return false;
  words[at] = number;
  return true;
}
