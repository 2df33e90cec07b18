import { grown } from './grown.ts';

/** Words of a conversation: 64 bytes, so that a packet touches one cache line of it. */
export const WORDS: number = 16;
/** How often the captures have a packet of the client; after it, of the server. */
export const SIGHTINGS: number = 0;
/** The sequence number after what the client sent last; after it, the server. */
export const END: number = 2;
/** What the client acknowledged last; after it, the server. */
export const ACKED: number = 4;
/** The bits below. */
export const STATE: number = 6;
/** The conversation before it with the same ends, plus 1. */
const PREVIOUS = 7;
/** Time of the last packet in seconds of the tracker, NaN without; in doubles, 8 a conversation. */
export const LAST: number = 4;
const FIRST = 5;
const CLIENT_ISN = 12;
const SERVER_ISN = 13;
/** Flow with the addresses before translation, plus 1; and with those after it. */
const BEFORE = 14;
const AFTER = 15;

/** Its SYN was seen, or its SYN-ACK, which tells the same number. */
export const HAS_ISN: number = 1;
/** Its SYN-ACK was seen: the server's number is known. */
export const HAS_SERVER_ISN: number = 1 << 1;
/** The handshake was completed. */
export const IS_CONNECTED: number = 1 << 2;
/** The SYN was answered by a RST. */
export const IS_REFUSED: number = 1 << 3;
/** The client's FIN; the bit after it is the server's. */
export const HAS_FIN: number = 1 << 4;
/** A RST of the client; the bit after it is the server's. */
export const HAS_RST: number = 1 << 6;
/** `END` of the client means something; the bit after it is the server's. */
export const HAS_END: number = 1 << 8;
/** `ACKED` of the client means something; the bit after it is the server's. */
export const HAS_ACKED: number = 1 << 10;
/** All four numbers are known and the beginning is over: nothing more is to be found out. */
export const IS_SETTLED: number = 1 << 12;
/** The client's end is the second one of its flow before translation. */
export const CLIENT_IS_SECOND_BEFORE: number = 1 << 13;
/** The client's end is the second one of its flow after translation. */
export const CLIENT_IS_SECOND_AFTER: number = 1 << 14;

/** The conversations as columns, with 64 bytes for each. */
export class ConversationColumns {
  count = 0;
  words: Uint32Array = new Uint32Array(WORDS * 1024);
  /** The same bytes, for the times. */
  times: Float64Array = new Float64Array(this.words.buffer);

  /** Adds a conversation whose first packet was captured then. */
  add(previous: number, at: number): number {
    const conversation = this.count++;
    const word = conversation * WORDS;
    if (word === this.words.length) this.#grow(grown(conversation));
    this.words[word + PREVIOUS] = previous + 1;
    this.times[word / 2 + FIRST] = at;
    this.times[word / 2 + LAST] = at;
    return conversation;
  }

  /** Gives the bits of a conversation. */
  state(conversation: number): number {
    return this.words[conversation * WORDS + STATE] as number;
  }

  /** Sets bits of a conversation. */
  mark(conversation: number, bits: number): void {
    this.words[conversation * WORDS + STATE] = this.state(conversation) | bits;
  }

  /** Clears bits of a conversation. */
  clear(conversation: number, bits: number): void {
    this.words[conversation * WORDS + STATE] = this.state(conversation) & ~bits;
  }

  /** Gives the conversation before one with the same ends, or -1. */
  previous(conversation: number): number {
    return (this.words[conversation * WORDS + PREVIOUS] as number) - 1;
  }

  /** Gives the time of the first packet. */
  first(conversation: number): number {
    return this.times[conversation * (WORDS / 2) + FIRST] as number;
  }

  /** Gives the time of the last packet. */
  last(conversation: number): number {
    return this.times[conversation * (WORDS / 2) + LAST] as number;
  }

  /** Sets the time of the last packet. */
  setLast(conversation: number, at: number): void {
    this.times[conversation * (WORDS / 2) + LAST] = at;
  }

  /** Gives the client's initial sequence number; means something with `HAS_ISN`. */
  clientIsn(conversation: number): number {
    return this.words[conversation * WORDS + CLIENT_ISN] as number;
  }

  /** Gives the server's initial sequence number; means something with `HAS_SERVER_ISN`. */
  serverIsn(conversation: number): number {
    return this.words[conversation * WORDS + SERVER_ISN] as number;
  }

  /** Sets the client's initial sequence number, and what follows it as the end of what it sent. */
  setClientIsn(conversation: number, isn: number): void {
    const word = conversation * WORDS;
    this.words[word + CLIENT_ISN] = isn;
    this.words[word + END] = isn + 1;
    this.mark(conversation, HAS_ISN | HAS_END);
  }

  /** Sets the server's initial sequence number, and what follows it. */
  setServerIsn(conversation: number, isn: number): void {
    const word = conversation * WORDS;
    this.words[word + SERVER_ISN] = isn;
    this.words[word + END + 1] = isn + 1;
    this.mark(conversation, HAS_SERVER_ISN | (HAS_END << 1));
  }

  /** Gives the number after what a side sent last; means something with its `HAS_END`. */
  end(conversation: number, reply: 0 | 1): number {
    return this.words[conversation * WORDS + END + reply] as number;
  }

  /** Gives what a side acknowledged last; means something with its `HAS_ACKED`. */
  acked(conversation: number, reply: 0 | 1): number {
    return this.words[conversation * WORDS + ACKED + reply] as number;
  }

  /** Gives the flow with the addresses before translation, or -1. */
  before(conversation: number): number {
    return (this.words[conversation * WORDS + BEFORE] as number) - 1;
  }

  /** Gives the flow with the addresses after translation, or -1. */
  after(conversation: number): number {
    return (this.words[conversation * WORDS + AFTER] as number) - 1;
  }

  /**
   * Says from which end of a conversation a packet is: 0 the client, 1 the server.
   *
   * @param side twice the packet's flow, plus 1 where its source is the flow's second end.
   * @param bits the bits of that flow.
   */
  replyOf(conversation: number, side: number, bits: number): 0 | 1 {
    const flow = side >>> 1;
    const state = this.state(conversation);
    let clientIsSecond = bits & 1;
    if (flow === this.before(conversation)) {
      clientIsSecond = state & CLIENT_IS_SECOND_BEFORE ? 1 : 0;
    } else if (flow === this.after(conversation)) {
      clientIsSecond = state & CLIENT_IS_SECOND_AFTER ? 1 : 0;
    }
    return ((side ^ clientIsSecond) & 1) as 0 | 1;
  }

  /** Sets the flow before translation, and at which of its ends the client is. */
  setBefore(conversation: number, flow: number, clientIsSecond: boolean): void {
    this.words[conversation * WORDS + BEFORE] = flow + 1;
    this.clear(conversation, CLIENT_IS_SECOND_BEFORE);
    if (clientIsSecond) this.mark(conversation, CLIENT_IS_SECOND_BEFORE);
  }

  /** Sets the flow after translation, likewise. */
  setAfter(conversation: number, flow: number, clientIsSecond: boolean): void {
    this.words[conversation * WORDS + AFTER] = flow + 1;
    this.clear(conversation, CLIENT_IS_SECOND_AFTER);
    if (clientIsSecond) this.mark(conversation, CLIENT_IS_SECOND_AFTER);
  }

  #grow(conversations: number): void {
    const words = new Uint32Array(conversations * WORDS);
    words.set(this.words);
    this.words = words;
    this.times = new Float64Array(words.buffer);
  }
}
