import * as is from './conversation-columns.ts';
import type { PacketDrafts } from './packet-drafts.ts';
import { LACKS_ACK, LACKS_SEQ } from './segment-columns.ts';

/** Numbers of a connection may be so far over what the captures show of it. */
const SLACK = 1 << 20;
/** So far behind the end of what a connection sent, where its beginning is not known. */
const BEHIND = 1 << 20;
/** So many conversations back. */
const BACK = 8;
const SYN = 0x02;
const RST = 0x04;

/**
 * Says whether a packet carries numbers that are not its conversation's; null where they are, or
 * where nothing tells. Where they are not, the older conversation whose they are.
 */
export function foreignNumbers(
  conversations: is.ConversationColumns,
  id: number,
  drafts: PacketDrafts,
  index: number,
): { readonly conversation: number | null } | null {
  if (!(conversations.state(id) & is.HAS_ISN)) return null;
  const reply = drafts.reply[index] as 0 | 1;
  const flags = drafts.flags[index] as number;
  const seq = drafts.seq[index] as number;
  const ack = drafts.ack[index] as number;
  const doubts = drafts.doubts[index] as number;
  if (fits(conversations, id, reply, flags, seq, ack, doubts)) return null;
  let older = conversations.previous(id);
  for (let step = 0; step < BACK && older >= 0; step++) {
    if (carriesNumbers(conversations, older, seq, ack, doubts, reply)) {
      return { conversation: older };
    }
    older = conversations.previous(older);
  }
  return { conversation: null };
}

function fits(
  conversations: is.ConversationColumns,
  id: number,
  reply: 0 | 1,
  flags: number,
  seq: number,
  ack: number,
  doubts: number,
): boolean {
  const state = conversations.state(id);
  const client = conversations.clientIsn(id);
  const hasSeq = (doubts & LACKS_SEQ) === 0;
  const hasAck = (doubts & LACKS_ACK) === 0;
  if ((flags & (SYN | RST)) === SYN && reply === 0) return !hasSeq || seq === client;
  if ((flags & (SYN | RST)) === SYN) return !hasAck || (ack - 1) >>> 0 === client;
  const other = (1 - reply) as 0 | 1;
  return (
    (!hasSeq || isInside(conversations, id, state, reply, seq)) &&
    (!hasAck || isInside(conversations, id, state, other, ack))
  );
}

/** Says whether a number is one that a side of a conversation sent, or where nothing tells. */
function isInside(
  conversations: is.ConversationColumns,
  id: number,
  state: number,
  side: 0 | 1,
  number: number,
): boolean {
  if (side === 1 && !(state & is.HAS_SERVER_ISN)) return true;
  const isn = side === 0 ? conversations.clientIsn(id) : conversations.serverIsn(id);
  const slack = state & is.IS_CONNECTED ? SLACK : 0;
  return (number - isn) >>> 0 <= ((conversations.end(id, side) - isn) >>> 0) + slack;
}

/** Says whether the numbers of a packet are such as a conversation has shown. */
export function carriesNumbers(
  conversations: is.ConversationColumns,
  id: number,
  seq: number,
  ack: number,
  doubts: number,
  reply: 0 | 1,
): boolean {
  const other = (1 - reply) as 0 | 1;
  const hasSeq = (doubts & LACKS_SEQ) === 0;
  const hasAck = (doubts & LACKS_ACK) === 0;
  const seqFits = hasSeq ? within(conversations, id, reply, seq) : null;
  const ackFits = hasAck ? within(conversations, id, other, ack) : null;
  return seqFits !== false && ackFits !== false && (seqFits ?? ackFits) === true;
}

/** Says whether a number is one of those that a side of a conversation sent; null: nothing tells. */
function within(
  conversations: is.ConversationColumns,
  id: number,
  side: 0 | 1,
  number: number,
): boolean | null {
  const state = conversations.state(id);
  if (!(state & (is.HAS_END << side))) {
    // Only what the other side acknowledged is known.
    const other = (1 - side) as 0 | 1;
    if (!(state & (is.HAS_ACKED << other))) return null;
    return (conversations.acked(id, other) - number) >>> 0 < BEHIND;
  }
  const end = conversations.end(id, side);
  const hasIsn = (state & (side === 0 ? is.HAS_ISN : is.HAS_SERVER_ISN)) !== 0;
  if (!hasIsn) return (end - number) >>> 0 < BEHIND;
  const isn = side === 0 ? conversations.clientIsn(id) : conversations.serverIsn(id);
  return (number - isn) >>> 0 <= (end - isn) >>> 0;
}
