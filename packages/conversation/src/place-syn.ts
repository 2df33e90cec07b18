import type { Arrival } from './arrival.ts';
import { beginConversation } from './begin-conversation.ts';
import * as is from './conversation-columns.ts';
import { hasIsn, seenElsewhere } from './seen-elsewhere.ts';
import type { Tracking } from './tracking.ts';

/** So many conversations back a late SYN is looked for. */
const BACK = 8;
/** Seconds in which two SYNs may cross. */
const SOON = 3;
/** Seconds by which a packet may seem to come before its connection's SYN. */
const YOUNG = 1;
const NEAR = 1 << 16;
const ACK = 0x10;

/** Finds the conversation of a SYN, or begins one: a port used again. */
export function placeSyn(tracking: Tracking, packet: Arrival): number {
  const { flows, conversations } = tracking;
  const { flow, seq, side } = packet;
  const current = flows.current(flow);
  if (current >= 0 && hasIsn(tracking, current, seq)) return current;
  if (current >= 0 && isCrossing(tracking, current, packet)) return current;
  const seen = seenElsewhere(tracking, packet, seq, side === 1);
  if (seen >= 0) return seen;
  if (current >= 0 && isLate(tracking, current, seq)) return current;
  const begun =
    current >= 0 && isYoung(tracking, current, packet, seq)
      ? current
      : beginConversation(tracking, packet, side === 1);
  conversations.setClientIsn(begun, seq);
  tracking.isns.set(seq, begun, packet);
  return begun;
}

/** Finds the conversation of a SYN-ACK, or begins one whose SYN was not captured. */
export function placeSynAck(tracking: Tracking, packet: Arrival): number {
  const { flows, conversations } = tracking;
  const { flow, side } = packet;
  const isn = (packet.ack - 1) >>> 0;
  const current = flows.current(flow);
  if (current >= 0 && hasIsn(tracking, current, isn)) return current;
  const seen = seenElsewhere(tracking, packet, isn, side === 0);
  if (seen >= 0) return seen;
  if (current >= 0 && isLate(tracking, current, isn)) return current;
  const state = current >= 0 ? conversations.state(current) : 0;
  // An answer to a SYN that is no answer to this one: RFC 9293 section 3.5, an old duplicate.
  const opens = is.HAS_ISN | is.IS_CONNECTED | is.IS_REFUSED;
  if ((state & opens) === is.HAS_ISN) return current;
  const begun =
    current >= 0 && isYoung(tracking, current, packet, isn)
      ? current
      : beginConversation(tracking, packet, side === 0);
  conversations.setClientIsn(begun, isn);
  tracking.isns.set(isn, begun, packet);
  return begun;
}

/** The number of an older conversation: its SYN, or the answer to it, comes late. */
function isLate(tracking: Tracking, current: number, isn: number): boolean {
  let conversation = tracking.conversations.previous(current);
  for (let step = 0; step < BACK && conversation >= 0; step++) {
    if (hasIsn(tracking, conversation, isn)) return true;
    conversation = tracking.conversations.previous(conversation);
  }
  return false;
}

/** Both ends send a SYN at once (RFC 9293 section 3.5, simultaneous open). */
function isCrossing({ flows, conversations }: Tracking, current: number, packet: Arrival): boolean {
  const opens = is.HAS_ISN | is.IS_CONNECTED | is.IS_REFUSED;
  return (
    (conversations.state(current) & opens) === is.HAS_ISN &&
    ((packet.side ^ flows.bits(packet.flow)) & 1) === 1 &&
    packet.at - conversations.last(current) < SOON
  );
}

/** A conversation whose beginning was missing has it here: clocks differ, its packets came first. */
function isYoung(
  { flows, conversations }: Tracking,
  current: number,
  packet: Arrival,
  isn: number,
): boolean {
  const state = conversations.state(current);
  if (state & is.HAS_ISN || !(packet.at - conversations.first(current) < YOUNG)) {
    return false;
  }
  const clientIsSecond = packet.flags & ACK ? 1 - packet.side : packet.side;
  if (clientIsSecond !== (flows.bits(packet.flow) & 1)) return false;
  const { words } = conversations;
  const word = current * is.WORDS;
  const sent = ((words[word + is.END] as number) - isn - 1) >>> 0;
  const acked = ((words[word + is.ACKED + 1] as number) - isn - 1) >>> 0;
  return (
    ((state & is.HAS_END) !== 0 && sent < NEAR) ||
    ((state & (is.HAS_ACKED << 1)) !== 0 && acked < NEAR)
  );
}
