import { formatTcpFlags } from '@tuplescope/net';
import type { ConversationPacket } from './conversation-packet.ts';
import { gather } from './flow-notes.ts';
import { foreignNumbers } from './foreign-numbers.ts';
import { mergeSightings, type PlacedRow } from './merge-sightings.ts';
import type { PacketDraft } from './packet-draft.ts';
import { IS_RELATIVE, LACKS_ACK, LACKS_SEQ } from './segment-columns.ts';
import type { Tracking } from './tracking.ts';

export type { PlacedRow };

const FIN = 0x01;
const SYN = 0x02;
const RST = 0x04;

/** What is remembered of one side of a conversation. */
interface Side {
  /** First packet by the number that it begins with, of those that take up numbers. */
  readonly begins: Map<number, PacketDraft>;
  /** Last packet by the number after its last. */
  readonly ends: Map<number, PacketDraft>;
  /** Last packet by what it acknowledges. */
  readonly acks: Map<number, PacketDraft>;
  /** Last bare SYN. */
  syn: PacketDraft | null;
}

/** Makes the packets of a conversation: sightings put together, and what each has to do with others. */
export function relatePackets(
  tracking: Tracking,
  id: number,
  rows: readonly PlacedRow[],
): ConversationPacket[] {
  gather(tracking, id);
  const sides: readonly [Side, Side] = [newSide(), newSide()];
  return mergeSightings(tracking, id, rows).map((draft) => {
    const older = foreignNumbers(tracking.conversations, id, draft);
    const own = sides[draft.reply];
    const other = sides[draft.reply === 0 ? 1 : 0];
    const retransmits = findFirst(own, draft);
    const answers = findAnswered(own, other, draft, older !== null);
    note(own, draft);
    return {
      conversation: id,
      index: draft.index,
      at: Number.isNaN(draft.at) ? null : tracking.base + draft.at,
      direction: draft.reply === 0 ? 'original' : 'reply',
      flags: formatTcpFlags(draft.flags),
      ...(!(draft.doubts & LACKS_SEQ) && { seq: draft.seq }),
      ...(!(draft.doubts & LACKS_ACK) && { ack: draft.ack }),
      ...(draft.doubts & IS_RELATIVE && { relative: true as const }),
      len: draft.len,
      sightings: draft.sightings,
      retransmits: retransmits?.index ?? null,
      answers: answers?.index ?? null,
      older,
    };
  });
}

function newSide(): Side {
  return { begins: new Map(), ends: new Map(), acks: new Map(), syn: null };
}

/** Numbers that a packet takes up: its payload, SYN and FIN one each. */
function lengthOf({ flags, len }: PacketDraft): number {
  return len + (flags & SYN ? 1 : 0) + (flags & FIN ? 1 : 0);
}

function findFirst({ begins }: Side, draft: PacketDraft): PacketDraft | undefined {
  if (draft.doubts & LACKS_SEQ || lengthOf(draft) === 0) return undefined;
  const first = begins.get(draft.seq);
  if (first === undefined) return undefined;
  // The same bytes cut otherwise at another point of the way were not sent again.
  const isCut = first.len !== draft.len && !draft.points.some((at) => first.points.includes(at));
  return isCut ? undefined : first;
}

function findAnswered(
  own: Side,
  other: Side,
  draft: PacketDraft,
  isForeign: boolean,
): PacketDraft | null | undefined {
  const { flags, seq, ack, doubts } = draft;
  if (doubts & LACKS_ACK) return flags & RST && !(doubts & LACKS_SEQ) ? other.acks.get(seq) : null;
  // An acknowledgement of an older connection answers the SYN that does not fit in there.
  if (isForeign && !(flags & RST) && other.syn !== null) return other.syn;
  return own.acks.has(ack) && !(flags & (SYN | RST)) ? null : other.ends.get(ack);
}

function note(own: Side, draft: PacketDraft): void {
  const { flags, seq, ack, doubts } = draft;
  const length = lengthOf(draft);
  if (!(doubts & LACKS_SEQ) && length > 0) {
    if (!own.begins.has(seq)) own.begins.set(seq, draft);
    own.ends.set((seq + length) >>> 0, draft);
  }
  if (!(doubts & LACKS_ACK)) own.acks.set(ack, draft);
  if (flags & SYN && doubts & LACKS_ACK) own.syn = draft;
}
