import type { Sighting } from './conversation-packet.ts';

/** A packet of a conversation while its sightings are put together. */
export interface PacketDraft {
  /** Its place in the conversation. */
  readonly index: number;
  /** 1 for a packet of the server, else 0. */
  readonly reply: 0 | 1;
  readonly flags: number;
  seq: number;
  ack: number;
  readonly len: number;
  /** Bits of the column `doubts`; `LACKS_ACK` also where there is no ACK. */
  doubts: number;
  /** IPv4 identification, 0 for none, -1 where it is not known. */
  readonly ipId: number;
  /** Seconds of the tracker, NaN without. */
  readonly at: number;
  readonly sightings: Sighting[];
  /** The points that have it, each a number: capture, interface and flow. */
  readonly points: number[];
  /** The packet before it that looks the same, or null. */
  readonly alike: PacketDraft | null;
}
