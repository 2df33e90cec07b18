import type { Arrival } from './arrival.ts';
import { beginConversation, join } from './begin-conversation.ts';
import * as is from './conversation-columns.ts';
import { isAfter, isIntercepted, isTranslated } from './find-link.ts';
import { gather } from './flow-notes.ts';
import { type FlowTable, IS_LINKED } from './flow-table.ts';
import type { Tracking } from './tracking.ts';

/** So many conversations back a late SYN is looked for. */
const BACK = 8;
/** Seconds between two sightings of one SYN at two points, at most. */
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

function hasIsn({ conversations }: Tracking, conversation: number, isn: number): boolean {
  return (
    (conversations.state(conversation) & is.HAS_ISN) !== 0 &&
    conversations.clientIsn(conversation) === isn
  );
}

/** The same number was seen on another flow: of a known translation, or one that this shows. */
function seenElsewhere(
  tracking: Tracking,
  { flow, at, flags, seq, ipId, point }: Arrival,
  isn: number,
  clientIsSecond: boolean,
): number {
  const { flows, links, conversations, isns } = tracking;
  const isLinked = (flows.bits(flow) & IS_LINKED) !== 0;
  for (const link of isLinked ? links.of(flow) : []) {
    const partner = link.before === flow ? link.after : link.before;
    const conversation = flows.current(partner);
    if (conversation >= 0 && hasIsn(tracking, conversation, isn)) {
      flows.orient(flow, clientIsSecond);
      return join(tracking, flow, conversation);
    }
  }
  const twin = isns.get(isn);
  if (twin < 0 || !hasIsn(tracking, twin, isn)) return -1;
  const isAnswer = (flags & ACK) !== 0;
  const firstIpId = isns.ipId(isn);
  const isKnown = ipId > 0 && firstIpId > 0;
  if (!isAnswer && isKnown && ipId !== firstIpId) return -1;
  // Two answers to one number are two servers', unless it is one answer seen twice.
  const isAnswered = (conversations.state(twin) & is.HAS_SERVER_ISN) !== 0;
  if (isAnswer && isAnswered && conversations.serverIsn(twin) !== seq) return -1;
  gather(tracking, twin);
  if (!(Math.abs(at - conversations.last(twin)) <= SOON)) return -1;
  const after = conversations.after(twin);
  const other = after >= 0 ? after : conversations.before(twin);
  flows.orient(flow, clientIsSecond);
  const shared = sharedEnds(flows, flow, other);
  if (other === flow || shared === null) return -1;
  // Port scanners send one number to many: something else must say that this is one SYN seen twice.
  const isBacked = isAnswer || isKnown;
  const isElsewhere = point !== isns.point(isn) || isTranslated(tracking, flow, other);
  if (!isBacked && (shared === 'address' || !isElsewhere)) return -1;
  const isOtherAfter = isAfter(tracking, other, flow, isAnswer || after >= 0);
  const hasRule = isIntercepted(tracking, flow) !== isIntercepted(tracking, other);
  const same = `it begins with the same number at the same time, with the same ${shared} on one side`;
  links.add({
    before: isOtherAfter ? flow : other,
    after: isOtherAfter ? other : flow,
    basis: hasRule ? 'rules' : 'sequence',
    confidence: hasRule || shared === 'endpoint' ? 'certain' : 'likely',
    why: hasRule ? `a rule redirects to this port, ${same}` : same,
  });
  return join(tracking, flow, twin);
}

/** The most that two flows have in common, client with client or server with server. */
function sharedEnds(
  flows: FlowTable,
  flow: number,
  other: number,
): 'endpoint' | 'port' | 'address' | null {
  const { words } = flows;
  let shared: 'port' | 'address' | null = null;
  for (const isClient of [true, false]) {
    const a = flows.end(flow, isClient);
    const b = flows.end(other, isClient);
    const hasPort = words[a + 1] === words[b + 1];
    if (hasPort && words[a] === words[b]) return 'endpoint';
    // A port is changed where another connection has it after translation.
    if (words[a] === words[b]) shared = 'address';
    if (hasPort) shared = 'port';
  }
  return shared;
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
