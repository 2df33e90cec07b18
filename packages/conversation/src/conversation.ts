import type { Endpoint } from '@tuplescope/net';

/** What shows that a connection was translated. */
export type Basis =
  /** A conntrack entry has both tuples. */
  | 'entries'
  /** A rule redirects connections to the port that these go to. */
  | 'rules'
  /** Sequence and acknowledgement numbers go on from one to the other. */
  | 'sequence';

/** How sure a statement is. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** What a connection is after address translation, and how that is known. */
export interface Translation {
  /** The client's end after translation: another than before where the source is translated. */
  readonly client: Endpoint;
  /** The server's end after translation, as 127.0.0.1:15001 of a redirected connection. */
  readonly server: Endpoint;
  /** What shows it. */
  readonly basis: Basis;
  /** How sure it is. */
  readonly confidence: Confidence;
  /** Why, in one sentence. */
  readonly why: string;
}

/** How far a conversation got. */
export type ConversationState =
  /** The three-way handshake was completed. */
  | 'connected'
  /** The SYN was answered by a RST that acknowledges it. */
  | 'refused'
  /** A SYN, and no answer that the client took up. */
  | 'not-connected'
  /** The captures do not show its beginning. */
  | 'mid-stream';

/** How a conversation ended, as far as the captures show it. */
export type ConversationEnding =
  /** Both sides sent FIN. */
  | 'closed'
  /** One side sent FIN. */
  | 'half-closed'
  /** A RST with numbers of this conversation was sent. */
  | 'reset';

/** Segments that belong to one connection as its two ends see it, from one SYN to the next. */
export interface Conversation {
  /** Its number, from 0 in the order of first packets. */
  readonly id: number;
  /**
   * The end that opened the connection, before translation. Mid-stream it is presumed: the server is
   * the end with an interception port, else the one with the lower port.
   */
  readonly client: Endpoint;
  /** The end that was called, before translation; after it where no packet shows what it was before. */
  readonly server: Endpoint;
  /** What the two ends are after translation, or null where nothing shows one. */
  readonly translated: Translation | null;
  /** Initial sequence numbers of both sides, null where the captures do not show them. */
  readonly isn: { readonly client: number | null; readonly server: number | null };
  /** Seconds since the epoch of its first packet, by the clock of the captures; null without times. */
  readonly first: number | null;
  /** Seconds since the epoch of its last packet. */
  readonly last: number | null;
  /** How often its packets were captured: one packet that three captures have counts three times. */
  readonly sightings: { readonly original: number; readonly reply: number };
  /** How far it got. */
  readonly state: ConversationState;
  /** How it ended, or null where it did not. */
  readonly ended: ConversationEnding | null;
  /** The conversation before it with the same ends, before or after translation; null: none. */
  readonly previous: number | null;
}
