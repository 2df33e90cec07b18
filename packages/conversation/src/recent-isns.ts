import type { Arrival } from './arrival.ts';

/** How many are remembered at most: a power of two. */
const PLACES = 1 << 16;

/** Which conversation began with an initial sequence number lately. */
export class RecentIsns {
  /** Conversation + 1; a newer one takes the place of an older. */
  readonly #places = new Int32Array(PLACES);
  /** IPv4 identification of its SYN, 0 where it is not known. */
  readonly #ipIds = new Uint16Array(PLACES);

  /** Where that SYN was captured. */
  readonly #points = new Uint32Array(PLACES);

  /** Gives the conversation that may have begun with this number, or -1. */
  get(isn: number): number {
    return (this.#places[place(isn)] as number) - 1;
  }

  /** Gives the IPv4 identification of the SYN that began it, or 0. */
  ipId(isn: number): number {
    return this.#ipIds[place(isn)] as number;
  }

  /** Gives where the packet that began it was captured. */
  point(isn: number): number {
    return this.#points[place(isn)] as number;
  }

  /** Remembers a conversation by its number. */
  set(isn: number, conversation: number, { ipId, point }: Arrival): void {
    this.#places[place(isn)] = conversation + 1;
    this.#ipIds[place(isn)] = ipId;
    this.#points[place(isn)] = point;
  }
}

function place(isn: number): number {
  return Math.imul(isn, 0x9e37_79b1) >>> 16;
}
