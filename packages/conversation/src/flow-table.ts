import {
  type Endpoints,
  firstSlot,
  hash,
  hashRows,
  mix,
  probe,
  sideOf,
  touch,
} from './flow-lookup.ts';
import {
  BITS,
  CLIENT_IS_SECOND,
  CURRENT,
  HAS_FIN,
  HAS_ORIGINAL,
  HAS_REPLY,
  IS_LINKED,
  IS_ORIENTED,
  IS_SETTLED,
  IS_WATCHED,
  WORDS,
} from './flow-words.ts';
import { grown } from './grown.ts';

/** How often a translation was looked for since its conversation began. */
const TRIES = 14;
/** The next older flow in the same bucket of clients, or 0. */
const OLDER = 15;

/** At most so many flows of one client are looked at, so that many cannot make it slow. */
const NEAR = 8;
const STEPS = 64;
/** So often a translation is looked for while only one side of a flow was seen. */
const MOST_TRIES = 8;
/** So many rows at a time: what is read ahead for them stays in a processor's cache. */
const BATCH = 256;

/**
 * The flows of all captures: unordered pairs of endpoints, each under a small number. An endpoint is
 * two words: the address, and the port with a bit above it for an address of the book.
 */
export class FlowTable {
  /** How many flows there are, with flow 0, which is none. */
  count = 1;
  words: Uint32Array = new Uint32Array(WORDS * 1024);
  /** The same bytes, for the times. */
  times: Float64Array = new Float64Array(this.words.buffer);
  /**
   * Open addressing: a flow under a tag, or 0 for a free slot. The tag is the part of the hash that
   * does not choose the slot, so that another flow's slot shows without a look at that flow.
   */
  #slots = new Uint32Array(2048);
  /** So many bits of a slot are the flow, the bits above are the tag. */
  #bits = 10;
  /** What `findRows` read ahead; kept, so that no engine may leave the reading out. */
  touched = 0;
  /** Buckets of clients: the newest flow, or 0. */
  #newest = new Uint32Array(1024);

  constructor() {
    // Flow 0 stands behind every free slot, so its ports are such as no packet has.
    this.words.fill(0xffff_ffff, 0, CURRENT);
  }

  /**
   * Gives twice the number of the flow between two endpoints, a new one where it is new; plus 1 where
   * the source is its second end.
   */
  find(src: number, sport: number, dst: number, dport: number): number {
    const value = hash(src, sport, dst, dport);
    const slots = this.#slots;
    const bits = this.#bits;
    const mask = slots.length - 1;
    let slot = firstSlot(value, bits);
    for (;;) {
      const entry = slots[slot] as number;
      if (entry === 0) break;
      const flow = entry ^ (value << bits);
      if (flow >>> bits === 0) {
        const side = sideOf(this.words, flow << 4, src, sport, dst, dport);
        if (side < 2) return (flow << 1) | side;
      }
      slot = (slot + 1) & mask;
    }
    // Half full at most, so that runs of taken slots stay short.
    if (this.count * 2 === slots.length) {
      this.#rehash(slots.length * 2);
      return this.find(src, sport, dst, dport);
    }
    slots[slot] = (value << bits) | this.count;
    return this.#push(src, sport, dst, dport) << 1;
  }

  /**
   * Finds the flows of rows whose addresses are IPv4, as `find` does. Memory is what takes the time
   * here, so that is asked for first, by loops so short that a processor runs many turns at once.
   *
   * @param sides gets what `find` gives for each row.
   */
  findRows(endpoints: Endpoints, from: number, to: number, sides: Uint32Array): void {
    for (let row = from; row < to; row += BATCH) {
      const end = Math.min(to, row + BATCH);
      hashRows(endpoints, row, end, sides);
      this.touched = touch(this.#slots, sides, 31 - this.#bits, row, end);
      probe(this.#slots, this.#bits, row, end, sides);
      this.touched ^= touch(this.words, sides, 0, row, end);
      verify(this, endpoints, row, end, sides);
    }
  }

  /** Gives the conversation that a flow is in now, or -1. */
  current(flow: number): number {
    return (this.words[flow * WORDS + CURRENT] as number) - 1;
  }

  /** Puts a flow into a conversation; `moveFlow` also keeps what the flow noted for the last one. */
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
    const forgotten = HAS_ORIGINAL | HAS_REPLY | IS_WATCHED | IS_SETTLED | (HAS_FIN * 3);
    for (let flow = 1; flow < this.count; flow++) {
      this.setCurrent(flow, -1);
      this.words[flow * WORDS + TRIES] = 0;
      this.mark(flow, 0, forgotten);
    }
  }

  /** Decides which end is the client; the flow is then found by it. */
  orient(flow: number, clientIsSecond: boolean): void {
    const bits = this.bits(flow);
    this.mark(flow, IS_ORIENTED | (clientIsSecond ? CLIENT_IS_SECOND : 0), CLIENT_IS_SECOND);
    // A flow whose ends change roles stays where it was found at first.
    if ((bits & IS_ORIENTED) === 0) this.#file(flow);
  }

  /** Gives the newest flows with the same client, at most eight, the flow itself left out. */
  nearest(flow: number): number[] {
    const near: number[] = [];
    const { words } = this;
    const client = this.end(flow, true);
    let at = this.#newest[this.#bucket(client)] as number;
    for (let step = 0; at > 0 && step < STEPS && near.length < NEAR; step++) {
      const end = this.end(at, true);
      const isSame = words[end] === words[client] && words[end + 1] === words[client + 1];
      if (at !== flow && isSame) near.push(at);
      at = words[at * WORDS + OLDER] as number;
    }
    return near;
  }

  /** Where an end of a flow is in `words`: its address, after which its port stands. */
  end(flow: number, isClient: boolean): number {
    const isSecond = (this.bits(flow) & CLIENT_IS_SECOND) !== 0;
    return flow * WORDS + (isSecond === isClient ? 2 : 0);
  }

  #file(flow: number): void {
    const bucket = this.#bucket(this.end(flow, true));
    this.words[flow * WORDS + OLDER] = this.#newest[bucket] as number;
    this.#newest[bucket] = flow;
  }

  #bucket(end: number): number {
    const { words } = this;
    return mix(words[end] as number, words[end + 1] as number) & (this.#newest.length - 1);
  }

  #push(a: number, aPort: number, b: number, bPort: number): number {
    const flow = this.count++;
    const word = flow * WORDS;
    if (word === this.words.length) this.#grow(grown(flow));
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
    this.times = new Float64Array(words.buffer);
  }

  #rehash(length: number): void {
    const slots = new Uint32Array(length);
    const bits = 30 - Math.clz32(length);
    const { words } = this;
    this.#newest = new Uint32Array(length / 2);
    for (let flow = 1; flow < this.count; flow++) {
      if (this.bits(flow) & IS_ORIENTED) this.#file(flow);
      const word = flow * WORDS;
      const value = hash(
        words[word] as number,
        words[word + 1] as number,
        words[word + 2] as number,
        words[word + 3] as number,
      );
      let slot = firstSlot(value, bits);
      while (slots[slot] !== 0) slot = (slot + 1) & (length - 1);
      slots[slot] = (value << bits) | flow;
    }
    this.#slots = slots;
    this.#bits = bits;
  }
}

/** Looks further for the rows whose flow is another. */
function verify(
  table: FlowTable,
  { src, dst, sport, dport }: Endpoints,
  from: number,
  to: number,
  sides: Uint32Array,
): void {
  for (let row = from; row < to; row++) {
    const a = src[row] as number;
    const aPort = sport[row] as number;
    const b = dst[row] as number;
    const bPort = dport[row] as number;
    const word = sides[row] as number;
    const side = sideOf(table.words, word, a, aPort, b, bPort);
    sides[row] = side < 2 ? (word >>> 3) | side : table.find(a, aPort, b, bPort);
  }
}
