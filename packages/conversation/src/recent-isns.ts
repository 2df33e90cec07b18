import type { Arrival } from './arrival.ts';

/** How many are remembered at most: a power of two. */
const PLACES = 1 << 16;

/** Words of a place; three are used, so that none lies in two cache lines. */
const WORDS = 4;
/** Conversation + 1; a newer one takes the place of an older. */
const CONVERSATION = 0;
/** IPv4 identification of its SYN, 0 where it is not known. */
const IP_ID = 1;
/** Where that SYN was captured. */
const POINT = 2;

/** Which conversation began with an initial sequence number lately. */
export class RecentIsns {
  readonly #words = new Uint32Array(PLACES * WORDS);

  /** Gives the conversation that may have begun with this number, or -1. */
  get(isn: number): number {
    return (this.#words[placeOf(isn) + CONVERSATION] as number) - 1;
  }

  /** Gives the IPv4 identification of the SYN that began it, or 0. */
  ipId(isn: number): number {
    return this.#words[placeOf(isn) + IP_ID] as number;
  }

  /** Gives where the packet that began it was captured. */
  point(isn: number): number {
    return this.#words[placeOf(isn) + POINT] as number;
  }

  /** Remembers a conversation by its number. */
  set(isn: number, conversation: number, { ipId, point }: Arrival): void {
    const place = placeOf(isn);
    this.#words[place + CONVERSATION] = conversation + 1;
    this.#words[place + IP_ID] = ipId;
    this.#words[place + POINT] = point;
  }
}

function placeOf(isn: number): number {
  return (Math.imul(isn, 0x9e37_79b1) >>> 16) * WORDS;
}
