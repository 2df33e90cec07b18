import type { ConversationPacket } from './conversation-packet.ts';
import { gather } from './flow-notes.ts';
import { foreignNumbers } from './foreign-numbers.ts';
import type { GatheredRows } from './gathered-rows.ts';
import { makePacket } from './make-packet.ts';
import { mergeSightings } from './merge-sightings.ts';
import { NumberMap } from './number-map.ts';
import { PacketDrafts } from './packet-drafts.ts';
import { LACKS_ACK, LACKS_SEQ } from './segment-columns.ts';
import type { Tracking } from './tracking.ts';

const FIN = 0x01;
const SYN = 0x02;
const RST = 0x04;

/** What is remembered of one side of a conversation: packets by their indexes. */
interface Side {
  /** First packet by the number that it begins with, of those that take up numbers. */
  readonly begins: NumberMap;
  /** Last packet by the number after its last. */
  readonly ends: NumberMap;
  /** Last packet by what it acknowledges. */
  readonly acks: NumberMap;
  /** Last bare SYN, or -1. */
  syn: number;
}

// Used again for each conversation, since most are short.
const drafts = new PacketDrafts();
const client: Side = newSide();
const server: Side = newSide();

/** Makes the packets of a conversation: sightings put together, and what each has to do with others. */
export function relatePackets(
  tracking: Tracking,
  id: number,
  rows: GatheredRows,
): ConversationPacket[] {
  gather(tracking, id);
  mergeSightings(tracking, id, rows, drafts);
  const { length } = drafts;
  reset(client, length);
  reset(server, length);
  const packets: ConversationPacket[] = [];
  for (let index = 0; index < length; index++) {
    const isReply = drafts.reply[index] === 1;
    const own = isReply ? server : client;
    const other = isReply ? client : server;
    const older = foreignNumbers(tracking.conversations, id, drafts, index);
    const retransmits = findFirst(own, index);
    const answers = findAnswered(own, other, index, older !== null);
    note(own, index);
    packets.push(makePacket(drafts, index, tracking.base, id, { retransmits, answers, older }));
  }
  return packets;
}

function newSide(): Side {
  return { begins: new NumberMap(), ends: new NumberMap(), acks: new NumberMap(), syn: -1 };
}

function reset(side: Side, packets: number): void {
  side.begins.reset(packets);
  side.ends.reset(packets);
  side.acks.reset(packets);
  side.syn = -1;
}

/** Numbers that a packet takes up: its payload, SYN and FIN one each. */
function lengthOf(index: number): number {
  const flags = drafts.flags[index] as number;
  return (drafts.len[index] as number) + (flags & SYN ? 1 : 0) + (flags & FIN ? 1 : 0);
}

function findFirst({ begins }: Side, index: number): number {
  if ((drafts.doubts[index] as number) & LACKS_SEQ || lengthOf(index) === 0) return -1;
  const first = begins.get(drafts.seq[index] as number);
  if (first < 0) return -1;
  // The same bytes cut otherwise at another point of the way were not sent again.
  const isCut = drafts.len[first] !== drafts.len[index] && !drafts.wereSeenTogether(index, first);
  return isCut ? -1 : first;
}

function findAnswered(own: Side, other: Side, index: number, isForeign: boolean): number {
  const flags = drafts.flags[index] as number;
  const ack = drafts.ack[index] as number;
  const doubts = drafts.doubts[index] as number;
  if (doubts & LACKS_ACK) {
    const refuses = flags & RST && !(doubts & LACKS_SEQ);
    return refuses ? other.acks.get(drafts.seq[index] as number) : -1;
  }
  // An acknowledgement of an older connection answers the SYN that does not fit in there.
  if (isForeign && !(flags & RST) && other.syn >= 0) return other.syn;
  return own.acks.get(ack) >= 0 && !(flags & (SYN | RST)) ? -1 : other.ends.get(ack);
}

function note(own: Side, index: number): void {
  const flags = drafts.flags[index] as number;
  const seq = drafts.seq[index] as number;
  const doubts = drafts.doubts[index] as number;
  const length = lengthOf(index);
  if (!(doubts & LACKS_SEQ) && length > 0) {
    if (own.begins.get(seq) < 0) own.begins.set(seq, index);
    own.ends.set((seq + length) >>> 0, index);
  }
  if (!(doubts & LACKS_ACK)) own.acks.set(drafts.ack[index] as number, index);
  if (flags & SYN && doubts & LACKS_ACK) own.syn = index;
}
