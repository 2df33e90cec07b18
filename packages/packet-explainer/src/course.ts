import type { Conversation, ConversationPacket } from '@tuplescope/conversation';
import type { Ctstate, Verdict } from '@tuplescope/kernel-model';
import type { Tuple } from '@tuplescope/net';

/** A packet with the conversation that it belongs to. */
export interface PlacedPacket {
  readonly conversation: Conversation;
  readonly packet: ConversationPacket;
}

/** What the tracker says of one packet, beside what the captures show of it. */
export interface TrackedPacket extends PlacedPacket {
  /** Addresses and ports as its sender sends it, before translation. */
  readonly tuple: Tuple;
  /** Its sequence and acknowledgement number; what a text leaves out is taken to be what is next. */
  readonly numbers: { readonly seq: number; readonly ack: number };
  readonly ctstate: Ctstate;
  readonly verdict: Verdict;
  /** Whether the captures show it translated; null where they cannot show that. */
  readonly seenTranslated: boolean | null;
  /** What the verdict rests on beyond packets; null where nothing. */
  readonly assumption: string | null;
  /** Why the profile would not have done what the captures show; null where it would. */
  readonly contradiction: string | null;
}
