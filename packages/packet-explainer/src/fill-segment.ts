import type { Conversation, ConversationPacket } from '@tuplescope/conversation';
import { type AddressBook, IPV4, NO_SCALE, type Segment } from '@tuplescope/kernel-model';
import { parseTcpFlags, type TcpOptions, type Tuple } from '@tuplescope/net';
import { type ExplainedCapture, optionsOf, windowOf } from './capture-source.ts';

/** The tuples of a conversation's packets as conntrack meets them, and what stands in for gaps. */
export interface SegmentMaker {
  /** The client's packets before translation, and the server's before theirs is undone. */
  readonly tuples: { readonly original: Tuple; readonly reply: Tuple };
  /**
   * Fills a segment with a packet.
   *
   * @param older the conversation whose numbers the packet carries, where they are not of its own.
   */
  readonly fill: (
    packet: ConversationPacket,
    at: number,
    segment: Segment,
    older: SegmentMaker | null,
  ) => void;
  /** Gives the number that a side sends next, as far as its packets tell, or -1. */
  readonly nextOf: (direction: ConversationPacket['direction']) => number;
  /** Whether a number so far is not known at all, because the text does not tell it. */
  readonly isDoubtful: () => boolean;
}

const FLAG_BYTE = 0xff;
const SYN = 0x02;
const FIN = 0x01;
const ACK = 0x10;

const known = new Map<string, number>();

/** The flag byte of letters; there are few that occur. */
function flagsOf(letters: string): number {
  let flags = known.get(letters);
  if (flags === undefined) {
    flags = (parseTcpFlags(letters) ?? 0) & FLAG_BYTE;
    known.set(letters, flags);
  }
  return flags;
}

/** A header has room for four SACK blocks. */
const MOST_SACK_BLOCKS = 4;

/**
 * Prepares to put a conversation's packets into numbers for the tracker. A sequence number that a text
 * does not print, as of a bare ACK, is taken to be the one that is next.
 */
export function segmentMaker(
  { client, server, translated }: Conversation,
  captures: readonly ExplainedCapture[],
  book: AddressBook,
): SegmentMaker {
  const behind = translated ?? { client, server };
  const tuples = {
    original: {
      src: client.address,
      sport: client.port,
      dst: server.address,
      dport: server.port,
    },
    reply: {
      src: behind.server.address,
      sport: behind.server.port,
      dst: behind.client.address,
      dport: behind.client.port,
    },
  };
  const numbers = {
    original: [numberOf(tuples.original.src, book), numberOf(tuples.original.dst, book)] as const,
    reply: [numberOf(tuples.reply.src, book), numberOf(tuples.reply.dst, book)] as const,
  };
  const next = { original: -1, reply: -1 };
  let isDoubtful = false;

  function fill(
    packet: ConversationPacket,
    at: number,
    segment: Segment,
    older: SegmentMaker | null,
  ): void {
    const { direction } = packet;
    const other = direction === 'original' ? 'reply' : 'original';
    const tuple = tuples[direction];
    const [src, dst] = numbers[direction];
    const flags = flagsOf(packet.flags);
    const hasAck = (flags & ACK) !== 0;
    const seq = packet.seq ?? sequenceOf(direction, older);
    const ack = packet.ack ?? (hasAck ? Math.max(next[other], 0) : 0);
    isDoubtful ||= hasAck && packet.ack === undefined;
    const isBareOld = packet.older !== null && packet.len === 0;
    isDoubtful ||= packet.seq === undefined && !isBareOld && next[direction] < 0;
    segment.at = at;
    segment.family = src.family;
    segment.src = src.number;
    segment.dst = dst.number;
    segment.sport = tuple.sport;
    segment.dport = tuple.dport;
    segment.flags = flags;
    segment.seq = seq | 0;
    segment.ack = ack | 0;
    segment.len = packet.len;
    segment.received = false;
    fillHeader(packet, (flags & SYN) !== 0, segment);
    if (packet.older === null)
      next[direction] = (seq + packet.len + (flags & SYN ? 1 : 0) + (flags & FIN ? 1 : 0)) >>> 0;
    if (hasAck && packet.older === null) next[other] = ack >>> 0;
  }

  function sequenceOf(direction: 'original' | 'reply', older: SegmentMaker | null): number {
    const known = older === null ? next[direction] : older.nextOf(direction);
    // Not 0, which conntrack would take for no number at all.
    return known < 0 ? 1 : known;
  }

  function fillHeader({ sightings }: ConversationPacket, isSyn: boolean, segment: Segment): void {
    const sighting = sightings[0];
    const capture = captures[sighting?.captureIndex ?? -1];
    if (sighting === undefined || capture === undefined) return;
    segment.win = windowOf(capture, sighting.row);
    fillOptions(optionsOf(capture, sighting.row, isSyn), segment);
  }

  return { tuples, fill, nextOf: (direction) => next[direction], isDoubtful: () => isDoubtful };
}

const NO_SACK: NonNullable<TcpOptions['sack']> = [];

function fillOptions(options: TcpOptions, segment: Segment): void {
  const { wscale, sackOK, sack = NO_SACK } = options;
  segment.hasOptions = false;
  for (const name in options)
    if (options[name as keyof TcpOptions] !== undefined) segment.hasOptions = true;
  segment.wscale = wscale ?? NO_SCALE;
  segment.sackPermitted = sackOK === true;
  segment.sackBlocks = Math.min(sack.length, MOST_SACK_BLOCKS);
  for (let i = 0; i < segment.sackBlocks; i++) segment.sackEdges[i] = (sack[i]?.[1] ?? 0) | 0;
}

/** An address that is none, as of a damaged text, is one that nothing else has. */
function numberOf(text: string, book: AddressBook): { family: number; number: number } {
  return book.read(text) ?? { family: IPV4, number: 0 };
}
