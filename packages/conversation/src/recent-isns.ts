/** How many are remembered at most: a power of two. */
const PLACES = 1 << 16;

/** Which conversation began with an initial sequence number lately. */
export class RecentIsns {
  /** Conversation + 1; a newer one takes the place of an older. */
  readonly #places = new Int32Array(PLACES);
  /** IPv4 identification of its SYN, 0 where it is not known. */
  readonly #ipIds = new Uint16Array(PLACES);

  /** Gives the conversation that may have begun with this number, or -1. */
  get(isn: number): number {
    return (this.#places[place(isn)] as number) - 1;
  }

  /** Gives the IPv4 identification of the SYN that began it, or 0. */
  ipId(isn: number): number {
    return this.#ipIds[place(isn)] as number;
  }

  /** Remembers a conversation by its number. */
  set(isn: number, conversation: number, ipId: number): void {
    this.#places[place(isn)] = conversation + 1;
    this.#ipIds[place(isn)] = ipId;
  }
}

function place(isn: number): number {
  return Math.imul(isn, 0x9e37_79b1) >>> 16;
}
