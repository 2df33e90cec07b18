import { IN_BOOK } from './address-book.ts';
import * as is from './conversation-columns.ts';
import { forward, gather, settleFlow } from './flow-notes.ts';
import * as flowIs from './flow-words.ts';
import { noteNumbers } from './numbers.ts';
import { placePacket } from './place-packet.ts';
import {
  HAS_TIME,
  IPV4,
  LACKS_ACK,
  LACKS_IP_ID,
  type SegmentColumns,
  TCP,
} from './segment-columns.ts';
import type { Tracking } from './tracking.ts';

/** The number of a row that belongs to no conversation, because it is not a TCP segment. */
export const NO_CONVERSATION: number = 0xffff_ffff;

const FIN = 0x01;
const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;

/** What is remembered of one capture from one row to the next. */
export interface Feed {
  /** Number of the capture. */
  readonly index: number;
  /** Seconds to add to its times. */
  readonly clockOffset: number;
  /** Numbers of the book for the file's own numbers of addresses. */
  readonly addresses: number[];
  /** Time of the row before, in seconds of the tracker; NaN without. */
  at: number;
}

/** Begins with a capture. */
export function newFeed(index = 0, clockOffset = 0): Feed {
  return { index, clockOffset, addresses: [], at: Number.NaN };
}

/** Gives the time of a row in seconds of the tracker, or that of the row before where it has none. */
export function timeOf(
  tracking: Tracking,
  feed: Feed,
  columns: SegmentColumns,
  row: number,
): number {
  if (!((columns.bits[row] as number) & HAS_TIME)) return feed.at;
  const seconds = columns.seconds[row] as number;
  if (Number.isNaN(tracking.base)) tracking.base = Math.floor(seconds + feed.clockOffset);
  return seconds - tracking.base + feed.clockOffset + (columns.nanoseconds[row] as number) * 1e-9;
}

/**
 * Finds the flows of rows. A pass of its own: many lookups wait for memory at the same time.
 *
 * @param sides gets twice the flow of each row, plus 1 where the source is the flow's second end;
 *   `NO_CONVERSATION` for a row that is not TCP.
 */
export function findFlows(
  tracking: Tracking,
  feed: Feed,
  columns: SegmentColumns,
  from: number,
  to: number,
  sides: Uint32Array,
): void {
  const { kind, family } = columns;
  let others = 0;
  for (let row = from; row < to; row++) {
    others |= ((kind[row] as number) ^ TCP) | ((family[row] as number) ^ IPV4);
  }
  if (others === 0) {
    tracking.flows.findRows(columns, from, to, sides);
    return;
  }
  const { src, dst, sport, dport } = columns;
  for (let row = from; row < to; row++) {
    if (kind[row] !== TCP) sides[row] = NO_CONVERSATION;
    else if (family[row] !== IPV4) sides[row] = findNumbered(tracking, feed, columns, row);
    else {
      sides[row] = tracking.flows.find(
        src[row] as number,
        sport[row] as number,
        dst[row] as number,
        dport[row] as number,
      );
    }
  }
}

/** Finds the flow of a row whose addresses are numbers of its own file. */
function findNumbered(
  { flows, addresses }: Tracking,
  feed: Feed,
  columns: SegmentColumns,
  row: number,
): number {
  const book = (own: number, text: (row: number) => string): number => {
    feed.addresses[own] ??= addresses.numberOf(text.call(columns, row));
    return feed.addresses[own];
  };
  const src = book(columns.src[row] as number, columns.srcText);
  const dst = book(columns.dst[row] as number, columns.dstText);
  const sport = columns.sport[row] as number;
  const dport = columns.dport[row] as number;
  return flows.find(
    src >>> 0,
    src >= 2 ** 32 ? sport | IN_BOOK : sport,
    dst >>> 0,
    dst >= 2 ** 32 ? dport | IN_BOOK : dport,
  );
}

/**
 * Puts rows into their conversations, in the order of time.
 *
 * @param sides what `findFlows` gave for these columns.
 * @param ids gets the conversation of each row.
 */
export function addRows(
  tracking: Tracking,
  feed: Feed,
  columns: SegmentColumns,
  from: number,
  to: number,
  sides: Uint32Array,
  ids: Uint32Array,
): void {
  // Constants of other modules, which an engine would look up again for each row.
  const { BITS, CURRENT, END, HAS_FIN, IS_SETTLED, IS_WATCHED, LAST, SIGHTINGS } = flowIs;
  const none = NO_CONVERSATION;
  const hasTime = HAS_TIME;
  let { base } = tracking;
  const { clockOffset } = feed;
  const { words, times } = tracking.flows;
  const { bits, seconds, nanoseconds, seq, flags, payload, doubts } = columns;
  let { at } = feed;
  for (let row = from; row < to; row++) {
    if ((bits[row] as number) & hasTime) {
      if (Number.isNaN(base)) {
        timeOf(tracking, feed, columns, row);
        base = tracking.base;
      }
      at = (seconds[row] as number) - base + clockOffset + (nanoseconds[row] as number) * 1e-9;
    }
    const side = sides[row] as number;
    if (side === none) {
      ids[row] = none;
      continue;
    }
    const flow = side >>> 1;
    const word = flow << 4;
    const flowBits = words[word + BITS] as number;
    const flag = flags[row] as number;
    if (
      (flowBits & (IS_SETTLED | IS_WATCHED)) === IS_SETTLED &&
      (flag & (SYN | RST | ACK)) === ACK &&
      (doubts === undefined || doubts[row] === 0)
    ) {
      const reply = (side ^ flowBits) & 1;
      const own = word + reply;
      const sightings = own + SIGHTINGS;
      words[sightings] = (words[sightings] as number) + 1;
      const end = (seq[row] as number) + (payload[row] as number) + (flag & FIN);
      if (forward(words, own + END, end) && flag & FIN) {
        words[word + BITS] = flowBits | (HAS_FIN << reply);
      }
      times[(flow << 3) + LAST] = at;
      ids[row] = (words[word + CURRENT] as number) - 1;
    } else ids[row] = addCarefully(tracking, feed, columns, row, side, at);
  }
  feed.at = at;
}

/** Puts a row into a conversation where something may begin or end with it; gives the conversation. */
function addCarefully(
  tracking: Tracking,
  feed: Feed,
  columns: SegmentColumns,
  row: number,
  side: number,
  at: number,
): number {
  const { arrival, flows, conversations } = tracking;
  const flags = columns.flags[row] as number;
  const doubts = columns.doubts?.[row] ?? 0;
  arrival.flow = side >>> 1;
  arrival.side = side & 1;
  arrival.flags = flags;
  arrival.seq = columns.seq[row] as number;
  arrival.ack = columns.ack[row] as number;
  arrival.len = columns.payload[row] as number;
  arrival.ipId = doubts & LACKS_IP_ID ? 0 : (columns.ipId[row] as number);
  arrival.point = feed.index * 0x1_0000 + (columns.interfaceNumber[row] as number);
  arrival.doubts = flags & ACK ? doubts : doubts | LACKS_ACK;
  arrival.at = at;
  let conversation = flows.current(arrival.flow);
  const isJoined = flows.bits(arrival.flow) & (flowIs.IS_SETTLED | flowIs.IS_LINKED);
  if (isJoined && conversation >= 0) gather(tracking, conversation);
  if (conversation < 0 || flags & SYN || flows.bits(arrival.flow) & flowIs.IS_WATCHED) {
    conversation = placePacket(tracking, arrival);
  }
  const reply = (side ^ flows.bits(arrival.flow)) & 1;
  noteNumbers(conversations, conversation, reply, arrival);
  const sightings = conversation * is.WORDS + is.SIGHTINGS + reply;
  conversations.words[sightings] = (conversations.words[sightings] as number) + 1;
  conversations.setLast(conversation, at);
  settleFlow(tracking, arrival.flow);
  return conversation;
}
