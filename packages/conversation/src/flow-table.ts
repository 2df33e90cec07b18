/** Words of a flow: address and port of its lower end, the same of its higher end, and these. */
export const WORDS: number = 8;
/** The conversation that the flow is in now, plus 1. */
export const CURRENT: number = 4;
/** What is so for the flow: the bits below. */
export const BITS: number = 5;
/** How often a translation was looked for since its conversation began. */
const TRIES = 6;
/** The next older flow in the same bucket of clients, plus 1. */
const OLDER = 7;

/** At most so many flows of one client are looked at, so that many cannot make it slow. */
const NEAR = 8;
const STEPS = 64;
/** So often a translation is looked for while only one side of a flow was seen. */
const MOST_TRIES = 8;

/** Drawn anew by each process: ports made to collide under one multiplier do not under another. */
const MULTIPLIER = (Math.floor(Math.random() * 0x8000_0000) << 1) | 1;

/** The client is the higher end of the flow, as the flow's bit 0. */
export const CLIENT_IS_HIGHER: number = 1;
/** Which end is the client was decided. */
export const IS_ORIENTED: number = 1 << 1;
/** Every packet of the flow is looked at with care: a translation may show, or another conversation. */
export const IS_WATCHED: number = 1 << 2;
/** The client has sent. */
export const HAS_ORIGINAL: number = 1 << 3;
/** The server has sent. */
export const HAS_REPLY: number = 1 << 4;
/** A translation joins it to another flow. */
export const IS_LINKED: number = 1 << 5;
/** It shares its translated end with other flows, one at a time. */
export const IS_SHARED: number = 1 << 6;

/**
 * The flows of all captures: unordered pairs of endpoints, each under a small number. An endpoint is
 * two words: the address, and the port with a bit above it for an address of the book.
 */
export class FlowTable {
  /** How many flows there are. */
  count = 0;
  words: Uint32Array = new Uint32Array(WORDS * 1024);
  /** Open addressing: flow + 1, or 0 for a free slot. */
  #slots = new Uint32Array(2048);
  /** Buckets of clients: the newest flow, plus 1. */
  #newest = new Uint32Array(1024);

  /**
   * Gives twice the number of the flow between two endpoints, a new one where it is new; plus 1 where
   * the source is its higher end.
   */
  find(src: number, sport: number, dst: number, dport: number): number {
    // Both ends the same is a flow too: a socket connected to itself.
    const isHigher = src === dst ? sport > dport : src > dst;
    const a = (isHigher ? dst : src) | 0;
    const b = (isHigher ? src : dst) | 0;
    const aPort = isHigher ? dport : sport;
    const bPort = isHigher ? sport : dport;
    const { words } = this;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash(a, aPort, b, bPort) & mask;
    for (;;) {
      const entry = slots[slot] as number;
      if (entry === 0) break;
      const word = (entry - 1) << 3;
      if (
        ((words[word] as number) | 0) === a &&
        ((words[word + 2] as number) | 0) === b &&
        (words[word + 1] as number) === aPort &&
        (words[word + 3] as number) === bPort
      ) {
        return ((entry - 1) << 1) | (isHigher ? 1 : 0);
      }
      slot = (slot + 1) & mask;
    }
    if (this.count * WORDS === this.words.length) {
      this.#grow(this.count * 2);
      return this.find(src, sport, dst, dport);
    }
    slots[slot] = this.count + 1;
    return (this.#push(a, aPort, b, bPort) << 1) | (isHigher ? 1 : 0);
  }

  /** Gives the conversation that a flow is in now, or -1. */
  current(flow: number): number {
    return (this.words[flow * WORDS + CURRENT] as number) - 1;
  }

  /** Puts a flow into a conversation. */
  setCurrent(flow: number, conversation: number): void {
    this.words[flow * WORDS + CURRENT] = conversation + 1;
  }

  /** Gives the bits of a flow. */
  bits(flow: number): number {
    return this.words[flow * WORDS + BITS] as number;
  }

  /** Sets bits of a flow, and clears others. */
  mark(flow: number, bits: number, cleared = 0): void {
    this.words[flow * WORDS + BITS] = (this.bits(flow) & ~cleared) | bits;
  }

  /** Says whether a translation may be looked for once more, and counts it. */
  tryAgain(flow: number): boolean {
    const at = flow * WORDS + TRIES;
    if ((this.words[at] as number) >= MOST_TRIES) return false;
    this.words[at] = (this.words[at] as number) + 1;
    return true;
  }

  /** Says whether a translation was looked for as often as it may be. */
  isTried(flow: number): boolean {
    return (this.words[flow * WORDS + TRIES] as number) >= MOST_TRIES;
  }

  /** A conversation begins: neither side was seen in it, and a translation may show. */
  begin(flow: number): void {
    this.words[flow * WORDS + TRIES] = 0;
    const watched = this.bits(flow) & IS_LINKED ? 0 : IS_WATCHED;
    this.mark(flow, watched, HAS_ORIGINAL | HAS_REPLY);
  }

  /** Forgets the conversations; keeps the flows, their translations and which end is the client. */
  forget(): void {
    for (let flow = 0; flow < this.count; flow++) {
      this.setCurrent(flow, -1);
      this.words[flow * WORDS + TRIES] = 0;
      const isShared = (this.bits(flow) & IS_SHARED) !== 0;
      this.mark(flow, isShared ? IS_WATCHED : 0, HAS_ORIGINAL | HAS_REPLY | IS_WATCHED);
    }
  }

  /** Decides which end is the client; the flow is then found by it. */
  orient(flow: number, clientIsHigher: boolean): void {
    const bits = this.bits(flow);
    this.mark(flow, IS_ORIENTED | (clientIsHigher ? CLIENT_IS_HIGHER : 0), CLIENT_IS_HIGHER);
    // A flow whose ends change roles stays where it was found at first.
    if ((bits & IS_ORIENTED) === 0) this.#file(flow);
  }

  /** Gives the newest flows with the same client, at most eight, the flow itself left out. */
  nearest(flow: number): number[] {
    const near: number[] = [];
    const { words } = this;
    const client = this.end(flow, true);
    let at = (this.#newest[this.#bucket(client)] as number) - 1;
    for (let step = 0; at >= 0 && step < STEPS && near.length < NEAR; step++) {
      const end = this.end(at, true);
      const isSame = words[end] === words[client] && words[end + 1] === words[client + 1];
      if (at !== flow && isSame) near.push(at);
      at = (words[at * WORDS + OLDER] as number) - 1;
    }
    return near;
  }

  /** Where an end of a flow is in `words`: its address, after which its port stands. */
  end(flow: number, isClient: boolean): number {
    const isHigher = (this.bits(flow) & CLIENT_IS_HIGHER) !== 0;
    return flow * WORDS + (isHigher === isClient ? 2 : 0);
  }

  #file(flow: number): void {
    const bucket = this.#bucket(this.end(flow, true));
    this.words[flow * WORDS + OLDER] = this.#newest[bucket] as number;
    this.#newest[bucket] = flow + 1;
  }

  #bucket(end: number): number {
    const { words } = this;
    return hash(words[end] as number, words[end + 1] as number, 0, 0) & (this.#newest.length - 1);
  }

  #push(a: number, aPort: number, b: number, bPort: number): number {
    const flow = this.count++;
    const word = flow * WORDS;
    this.words[word] = a;
    this.words[word + 1] = aPort;
    this.words[word + 2] = b;
    this.words[word + 3] = bPort;
    return flow;
  }

  #grow(flows: number): void {
    const words = new Uint32Array(flows * WORDS);
    words.set(this.words);
    this.words = words;
    this.#newest = new Uint32Array(flows);
    // Half full at most, so that runs of taken slots stay short.
    this.#slots = new Uint32Array(flows * 2);
    const mask = this.#slots.length - 1;
    for (let flow = 0; flow < this.count; flow++) {
      if (this.bits(flow) & IS_ORIENTED) this.#file(flow);
      const [a = 0, aPort = 0, b = 0, bPort = 0] = words.subarray(flow * WORDS);
      let slot = hash(a, aPort, b, bPort) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = flow + 1;
    }
  }
}

function hash(a: number, aPort: number, b: number, bPort: number): number {
  let value = Math.imul(a ^ Math.imul(aPort, 0x85eb_ca6b), MULTIPLIER);
  value = Math.imul(value ^ (value >>> 15) ^ b ^ Math.imul(bPort, 0xc2b2_ae35), MULTIPLIER);
  return (value ^ (value >>> 15)) >>> 0;
}
