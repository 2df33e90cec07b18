import { formatTcpFlags } from '@tuplescope/net';
import type { ConversationPacket } from './conversation-packet.ts';
import { gather } from './flow-notes.ts';
import { foreignNumbers } from './foreign-numbers.ts';
import { mergeSightings } from './merge-sightings.ts';
import { NumberMap } from './number-map.ts';
import type { PacketDraft } from './packet-draft.ts';
import type { RowFinder } from './row-finder.ts';
import { IS_RELATIVE, LACKS_ACK, LACKS_SEQ } from './segment-columns.ts';
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

/** Used again for each conversation, since most are short. */
const client: Side = newSide();
const server: Side = newSide();

/** Makes the packets of a conversation: sightings put together, and what each has to do with others. */
export function relatePackets(
  tracking: Tracking,
  id: number,
  finder: RowFinder,
  rows: Uint32Array,
): ConversationPacket[] {
  gather(tracking, id);
  const drafts = mergeSightings(tracking, id, finder, rows);
  reset(client, drafts.length);
  reset(server, drafts.length);
  return drafts.map((draft) => {
    const [own, other] = draft.reply === 0 ? [client, server] : [server, client];
    const older = foreignNumbers(tracking.conversations, id, draft);
    const retransmits = findFirst(drafts, own, draft);
    const answers = findAnswered(own, other, draft, older !== null);
    note(own, draft);
    return makePacket(tracking.base, id, draft, retransmits, answers, older);
  });
}

function makePacket(
  base: number,
  id: number,
  { index, at, reply, flags, seq, ack, len, doubts, sightings }: PacketDraft,
  retransmits: number,
  answers: number,
  older: ConversationPacket['older'],
): ConversationPacket {
  const packet: { -readonly [K in keyof ConversationPacket]: ConversationPacket[K] } = {
    conversation: id,
    index,
    at: Number.isNaN(at) ? null : base + at,
    direction: reply === 0 ? 'original' : 'reply',
    flags: lettersOf(flags),
    len,
    sightings,
    retransmits: retransmits < 0 ? null : retransmits,
    answers: answers < 0 ? null : answers,
    older,
  };
  if (!(doubts & LACKS_SEQ)) packet.seq = seq;
  if (!(doubts & LACKS_ACK)) packet.ack = ack;
  if (doubts & IS_RELATIVE) packet.relative = true;
  return packet;
}

const letters: string[] = [];

function lettersOf(flags: number): string {
  letters[flags] ??= formatTcpFlags(flags);
  return letters[flags];
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
function lengthOf({ flags, len }: PacketDraft): number {
  return len + (flags & SYN ? 1 : 0) + (flags & FIN ? 1 : 0);
}

function findFirst(drafts: readonly PacketDraft[], { begins }: Side, draft: PacketDraft): number {
  if (draft.doubts & LACKS_SEQ || lengthOf(draft) === 0) return -1;
  const index = begins.get(draft.seq);
  if (index < 0) return -1;
  const first = drafts[index] as PacketDraft;
  // The same bytes cut otherwise at another point of the way were not sent again.
  const isCut = first.len !== draft.len && !draft.points.some((at) => first.points.includes(at));
  return isCut ? -1 : index;
}

function findAnswered(own: Side, other: Side, draft: PacketDraft, isForeign: boolean): number {
  const { flags, seq, ack, doubts } = draft;
  if (doubts & LACKS_ACK) return flags & RST && !(doubts & LACKS_SEQ) ? other.acks.get(seq) : -1;
  // An acknowledgement of an older connection answers the SYN that does not fit in there.
  if (isForeign && !(flags & RST) && other.syn >= 0) return other.syn;
  return own.acks.get(ack) >= 0 && !(flags & (SYN | RST)) ? -1 : other.ends.get(ack);
}

function note(own: Side, draft: PacketDraft): void {
  const { index, flags, seq, ack, doubts } = draft;
  const length = lengthOf(draft);
  if (!(doubts & LACKS_SEQ) && length > 0) {
    if (own.begins.get(seq) < 0) own.begins.set(seq, index);
    own.ends.set((seq + length) >>> 0, index);
  }
  if (!(doubts & LACKS_ACK)) own.acks.set(ack, index);
  if (flags & SYN && doubts & LACKS_ACK) own.syn = index;
}
