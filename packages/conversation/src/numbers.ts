import { serialDistance } from '@tuplescope/net';
import type { Arrival } from './arrival.ts';
import * as is from './conversation-columns.ts';
import { LACKS_ACK, LACKS_SEQ } from './segment-columns.ts';

/** Forward by less than this is a connection going on; the largest window is 2^30 (RFC 7323 2.2). */
const FAR = 1 << 26;
/** How far behind an initial number a first segment may be, where the ones between were not captured. */
const NEAR = 1 << 20;

const FIN = 0x01;
const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;

/**
 * Notes what a packet tells of its conversation: initial numbers, how far both sides are, the
 * handshake, FIN and RST. Numbers that are not of this conversation change nothing.
 *
 * @param reply 0 for a packet of the client, 1 for one of the server.
 */
export function noteNumbers(
  conversations: is.ConversationColumns,
  conversation: number,
  reply: number,
  packet: Arrival,
): void {
  const { flags } = packet;
  const state = conversations.state(conversation);
  if ((flags & (SYN | RST)) === SYN) {
    noteSyn(conversations, conversation, reply, packet);
    return;
  }
  if (state & is.HAS_ISN && !(state & is.IS_CONNECTED)) {
    if (flags & RST) {
      noteRefusal(conversations, conversation, reply, packet);
      return;
    }
    if (!completesHandshake(conversations, conversation, reply, packet)) return;
    conversations.mark(conversation, is.IS_CONNECTED);
  }
  noteProgress(conversations, conversation, reply, packet);
}

function noteSyn(
  conversations: is.ConversationColumns,
  conversation: number,
  reply: number,
  { flags, seq, ack, len, doubts }: Arrival,
): void {
  if (doubts & LACKS_SEQ) return;
  const isAnswer = (flags & ACK) !== 0;
  const isn = conversations.clientIsn(conversation);
  if (reply === 0 && !isAnswer && seq === isn) {
    conversations.words[conversation * is.WORDS + is.END] = seq + 1 + len;
  }
  // A SYN that crosses the client's on the way tells the server's number too (RFC 9293 section 3.5).
  if (reply === 0 || (isAnswer && (ack - 1) >>> 0 !== isn)) return;
  if (conversations.state(conversation) & is.HAS_SERVER_ISN) return;
  conversations.setServerIsn(conversation, seq);
  if (!isAnswer || doubts & LACKS_ACK) return;
  conversations.words[conversation * is.WORDS + is.ACKED + 1] = ack;
  conversations.mark(conversation, is.HAS_ACKED << 1);
}

/** A RST before the handshake is over: only one that acknowledges the SYN refuses it. */
function noteRefusal(
  conversations: is.ConversationColumns,
  conversation: number,
  reply: number,
  { seq, ack, doubts }: Arrival,
): void {
  const next = conversations.words[conversation * is.WORDS + is.END] as number;
  const afterSyn = (conversations.clientIsn(conversation) + 1) >>> 0;
  if (reply === 1 && !(doubts & LACKS_ACK) && (ack === afterSyn || ack === next)) {
    conversations.mark(conversation, is.IS_REFUSED | (is.HAS_RST << 1));
  }
  if (reply === 0 && !(doubts & LACKS_SEQ) && seq === next) {
    conversations.mark(conversation, is.HAS_RST);
  }
}

/** Says whether a packet is one that only the ends of an open connection send. */
function completesHandshake(
  conversations: is.ConversationColumns,
  conversation: number,
  reply: number,
  { flags, seq, ack, doubts }: Arrival,
): boolean {
  const state = conversations.state(conversation);
  const client = conversations.clientIsn(conversation);
  const server = conversations.serverIsn(conversation);
  const hasSeq = (doubts & LACKS_SEQ) === 0;
  const hasAck = (doubts & LACKS_ACK) === 0;
  if (reply === 0) {
    if (!(flags & ACK)) return false;
    if (state & is.HAS_SERVER_ISN) return hasAck && isAfterIsn(ack, server);
    return !hasSeq || isAfterIsn(seq, client);
  }
  if (state & is.HAS_SERVER_ISN) return hasSeq && isAfterIsn(seq, server);
  // Its SYN-ACK was not captured. A challenge ACK looks the same but for its number.
  const next = conversations.words[conversation * is.WORDS + is.END] as number;
  return hasAck && (ack - client - 1) >>> 0 <= (next - client - 1) >>> 0;
}

function isAfterIsn(number: number, isn: number): boolean {
  return (number - isn - 1) >>> 0 < NEAR;
}

function noteProgress(
  conversations: is.ConversationColumns,
  conversation: number,
  reply: number,
  { flags, seq, ack, len, doubts }: Arrival,
): void {
  const { words } = conversations;
  const word = conversation * is.WORDS;
  let state = words[word + is.STATE] as number;
  if (!(doubts & LACKS_SEQ)) {
    const end = (seq + len + (flags & FIN)) >>> 0;
    const at = word + is.END + reply;
    const isKnown = (state & (is.HAS_END << reply)) !== 0;
    const distance = isKnown ? serialDistance(end, words[at] as number) : 0;
    if (!isKnown || (distance > 0 && distance < FAR)) {
      words[at] = end;
      state |= is.HAS_END << reply;
    }
    if (Math.abs(distance) < FAR) {
      if (flags & FIN) state |= is.HAS_FIN << reply;
      if (flags & RST) state |= is.HAS_RST << reply;
    }
  } else {
    if (flags & FIN) state |= is.HAS_FIN << reply;
    if (flags & RST) state |= is.HAS_RST << reply;
  }
  if (!(doubts & LACKS_ACK)) {
    const at = word + is.ACKED + reply;
    const isKnown = (state & (is.HAS_ACKED << reply)) !== 0;
    if (!isKnown || (ack - (words[at] as number)) >>> 0 < FAR) {
      words[at] = ack;
      state |= is.HAS_ACKED << reply;
    }
  }
  const all = (is.HAS_END | is.HAS_ACKED) * 3;
  if ((state & all) === all) state |= is.IS_SETTLED;
  words[word + is.STATE] = state;
}
