import { formatTcpFlags } from '@tuplescope/net';
import type { ConversationPacket, Sighting } from './conversation-packet.ts';
import type { PacketDrafts } from './packet-drafts.ts';
import { IS_RELATIVE, LACKS_ACK, LACKS_SEQ } from './segment-columns.ts';

/** What a packet has to do with others; -1 for none. */
export interface Relations {
  readonly retransmits: number;
  readonly answers: number;
  readonly older: ConversationPacket['older'];
}

/** Makes the record of a packet. */
export function makePacket(
  drafts: PacketDrafts,
  index: number,
  base: number,
  conversation: number,
  relations: Relations,
): ConversationPacket {
  const seconds = drafts.at[index] as number;
  const doubts = drafts.doubts[index] as number;
  const at = Number.isNaN(seconds) ? null : base + seconds;
  const direction = drafts.reply[index] === 0 ? 'original' : 'reply';
  const flags = lettersOf(drafts.flags[index] as number);
  const seq = drafts.seq[index] as number;
  const ack = drafts.ack[index] as number;
  const len = drafts.len[index] as number;
  const sightings = drafts.sightings[index] as Sighting[];
  const retransmits = relations.retransmits < 0 ? null : relations.retransmits;
  const answers = relations.answers < 0 ? null : relations.answers;
  const { older } = relations;
  if ((doubts & (LACKS_SEQ | LACKS_ACK | IS_RELATIVE)) === 0) {
    // Nearly every packet: an object made at once takes half the time of one that grows.
    return {
      conversation,
      index,
      at,
      direction,
      flags,
      seq,
      ack,
      len,
      sightings,
      retransmits,
      answers,
      older,
    };
  }
  return {
    conversation,
    index,
    at,
    direction,
    flags,
    ...(doubts & LACKS_SEQ ? {} : { seq }),
    ...(doubts & LACKS_ACK ? {} : { ack }),
    ...(doubts & IS_RELATIVE ? { relative: true } : {}),
    len,
    sightings,
    retransmits,
    answers,
    older,
  };
}

const letters: string[] = [];

function lettersOf(flags: number): string {
  letters[flags] ??= formatTcpFlags(flags);
  return letters[flags];
}
