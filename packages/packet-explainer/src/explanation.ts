import type { CapturedSegment, ConversationPacket } from '@tuplescope/conversation';
import type {
  Ctstate,
  Entry,
  NatKind,
  Reason,
  SocketAction,
  SocketState,
} from '@tuplescope/kernel-model';
import type { Tuple } from '@tuplescope/net';

/** What a packet is in its conversation. */
export type PacketKind =
  /** Asks for a connection. */
  | 'syn'
  /** The same SYN again, because no answer counted. */
  | 'syn-again'
  /** Answers a SYN. */
  | 'syn-ack'
  /** A SYN/ACK again. */
  | 'syn-ack-again'
  /** Completes the handshake. */
  | 'handshake-ack'
  /** Answers a SYN with the numbers of an older connection (RFC 5961 section 4). */
  | 'challenge-ack'
  /** Refuses the acknowledgement of a challenge ACK (RFC 9293 section 3.10.7.3). */
  | 'rst-of-challenge'
  /** Answers a SYN: nobody listens, or nobody wants to. */
  | 'refusal'
  /** Ends a connection at once. */
  | 'rst'
  /** Carries bytes. */
  | 'data'
  /** Carries bytes that were sent before. */
  | 'data-again'
  /** Says only what has arrived. */
  | 'ack'
  /** Says again what was said before: something is missing, or the window changed. */
  | 'duplicate-ack'
  /** Asks whether the other side is still there (RFC 9293 section 3.8.4). */
  | 'keepalive'
  /** Answers a keep-alive. */
  | 'keepalive-ack'
  /** Sends a byte or less into a closed window. */
  | 'window-probe'
  /** One side is done, the other goes on: the connection is half-closed. */
  | 'half-close'
  /** The second FIN: both sides are done. */
  | 'fin'
  /** A FIN again. */
  | 'fin-again'
  /** Acknowledges a FIN. */
  | 'fin-ack'
  /** Carries numbers of an older connection of the same ends. */
  | 'old';

/** Whose socket: of an application in the pod, of its proxy, of another host; or there is none. */
export type Owner = 'app' | 'proxy' | 'peer' | 'none';

/** The socket that a packet reaches. */
export interface MetSocket {
  readonly owner: Owner;
  /** Its state when the packet comes; CLOSED where there is none, null where nothing tells it. */
  readonly state: SocketState | null;
  /** What it does with the packet, by the model and by what the capture shows of its answer. */
  readonly does: SocketAction;
}

/** A packet of the same explanations: where a reader finds it. */
export interface PacketReference {
  /** Name of the capture that has it first. */
  readonly file: string;
  /** Its number there, from 1. */
  readonly n: number;
}

/** What an entry was when a packet came, or was left as. */
export type EntryState = Pick<Entry, 'state' | 'timeout' | 'assured' | 'unreplied'>;

/** One packet, explained by what a kernel does with it. */
export interface Explanation {
  /** The packet with all that the captures saw of it; numbers, direction, sightings. */
  readonly packet: ConversationPacket;
  /** The capture and number of its first sighting, capture files before texts. */
  readonly at: PacketReference;
  /** The segment as that capture has it: the record of its parser. */
  readonly segment: CapturedSegment;
  /** Its addresses and ports as its sender sends it, before translation. */
  readonly tuple: Tuple;
  /** What it is. */
  readonly kind: PacketKind;
  /** Whose socket sent it. */
  readonly sender: Owner;
  /** What conntrack of the profile says of it. */
  readonly ctstate: Ctstate;
  /** Its entry before it, or null where it met none. */
  readonly before: EntryState | null;
  /** Its entry after it; of an INVALID packet the one that it met; null where there is none. */
  readonly entry: EntryState | null;
  /** What NAT of the profile does with it. */
  readonly nat: NatKind;
  /** Whether the captures show it translated, or not; null where they cannot show that. */
  readonly seenTranslated: boolean | null;
  /** The socket that it reached as captured; null where it left for elsewhere and nothing tells. */
  readonly socket: MetSocket | null;
  /** One plain sentence: what it is, and what came of it. */
  readonly says: string;
  /** The rest in sentences: of conntrack, NAT, the socket, and what was assumed. */
  readonly details: readonly string[];
  /** Why conntrack judges so: the rule, the numbers compared, the commits that matter, the log text. */
  readonly why: Reason;
  /** The packet that it answers, or null. */
  readonly answers: PacketReference | null;
  /** What the verdict rests on beyond packets, as an entry that nothing shows; null where nothing. */
  readonly assumption: string | null;
  /** Why this profile would not have done what the capture shows; null where it would. */
  readonly contradiction: string | null;
}

/** A packet that a profile would have treated otherwise. */
export interface Contradiction extends PacketReference {
  /** What the profile would have done, and what the capture shows. */
  readonly why: string;
}
