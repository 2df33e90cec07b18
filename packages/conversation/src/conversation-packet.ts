/** One look at a packet: a capture that has it, at one point of its way. */
export interface Sighting {
  /** Name of the capture. */
  readonly capture: string;
  /** Number of the capture in the list that was given, from 0. */
  readonly captureIndex: number;
  /** Row of the segment in that capture's source, from 0. */
  readonly row: number;
  /** Number of the packet in its capture, from 1. */
  readonly n: number;
  /** Interface by name or `#index`; absent where the capture does not say. */
  readonly interface?: string;
  /** Seconds since the epoch by the clock of the captures, or null. */
  readonly at: number | null;
  /** Whether it carries addresses as they are after translation. */
  readonly translated: boolean;
}

/** A packet of a conversation, with all that the captures saw of it. */
export interface ConversationPacket {
  /** Number of its conversation. */
  readonly conversation: number;
  /** Its place among the packets of its conversation, from 0 in the order of time. */
  readonly index: number;
  /** Seconds since the epoch of its first sighting, or null. */
  readonly at: number | null;
  /** From the client, or from the server. */
  readonly direction: 'original' | 'reply';
  /** Flag letters in the order F S R P A U E W e. */
  readonly flags: string;
  /** Sequence number as on the wire; absent where no capture tells it. */
  readonly seq?: number;
  /** Acknowledgement number as on the wire; absent without ACK and where no capture tells it. */
  readonly ack?: number;
  /** A text gives its numbers counted from the start of a connection, and nothing says from where. */
  readonly relative?: true;
  /** Payload in bytes. */
  readonly len: number;
  /** Every capture and point that has it, in the order of time. */
  readonly sightings: readonly Sighting[];
  /** Index of the earlier packet whose SYN, FIN or first byte it sends again, or null. */
  readonly retransmits: number | null;
  /**
   * Index of the packet that it answers, or null: what it newly acknowledges; for a RST the
   * acknowledgement that it refuses; for an acknowledgement of an older conversation the SYN that
   * drew it (a challenge ACK, RFC 5961 section 4).
   */
  readonly answers: number | null;
  /**
   * Its numbers are not of this conversation; `conversation` is the older one of the same two ends
   * whose they are, or null where no capture shows it. Null for a packet with numbers of its own
   * conversation.
   */
  readonly older: { readonly conversation: number | null } | null;
}
