import type { Connection, Side } from './connection.ts';
import type { DirectionNumber } from './direction.ts';

// An entry is 128 bytes of one buffer, two cache lines:
//
//   bytes   0 ..  7  expires, float64
//   words   2 ..  4  original tuple: src, dst, ports
//   words   5 ..  7  reply tuple: src, dst, ports
//   word    8        address family and zone
//   word    9        status
//   words  10 .. 13  original side: end, maxend, maxwin, maxack
//   words  14 .. 17  reply side: the same
//   words  18 .. 21  lastSeq, lastAck, lastEnd, lastWin
//   bytes  88 .. 97  scale and flags of each side, state, lastDir, retrans, lastIndex, lastWscale,
//                    lastFlags
//   words  25, 26    hashes of the original and of the reply tuple
//   word   27        1 while the entry lives
const BYTES = 128;
const WORDS = BYTES / 4;
const DOUBLES = BYTES / 8;
const ORIGINAL_TUPLE = 2;
const TUPLE_WORDS = 3;
const SCOPE = 8;
const STATUS = 9;
const ORIGINAL_SIDE = 10;
const REPLY_SIDE = 14;
const LAST = 18;
const SMALL = 88;
const HASH = 25;
const ALIVE = 27;

/** Room for this many entries at first. */
const FIRST_CAPACITY = 16;

/**
 * The memory of all entries, one after the other in a buffer; an entry is known by its slot. A
 * freed slot keeps its contents until it is taken again.
 */
export class EntrySlab {
  #capacity = FIRST_CAPACITY;
  #words = new Int32Array(FIRST_CAPACITY * WORDS);
  #bytes = new Uint8Array(this.#words.buffer);
  #doubles = new Float64Array(this.#words.buffer);
  /** Slots never taken begin here. */
  #top = 0;
  #free: Int32Array = new Int32Array(0);
  #freed = 0;

  /** How many entries live. */
  get size(): number {
    return this.#top - this.#freed;
  }

  /** Slots are below this; not all of them live. */
  get top(): number {
    return this.#top;
  }

  /** Whether the next entry needs more memory. */
  get isFull(): boolean {
    return this.#freed === 0 && this.#top === this.#capacity;
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#words.byteLength + this.#free.byteLength;
  }

  /** Takes a slot for an entry of these tuples. */
  take(
    scope: number,
    src: number,
    dst: number,
    ports: number,
    replySrc: number,
    replyDst: number,
    replyPorts: number,
  ): number {
    if (this.isFull) this.grow();
    const slot = this.#freed > 0 ? (this.#free[--this.#freed] as number) : this.#top++;
    const word = slot * WORDS;
    const words = this.#words;
    words[word + ORIGINAL_TUPLE] = src;
    words[word + ORIGINAL_TUPLE + 1] = dst;
    words[word + ORIGINAL_TUPLE + 2] = ports;
    words[word + ORIGINAL_TUPLE + TUPLE_WORDS] = replySrc;
    words[word + ORIGINAL_TUPLE + TUPLE_WORDS + 1] = replyDst;
    words[word + ORIGINAL_TUPLE + TUPLE_WORDS + 2] = replyPorts;
    words[word + SCOPE] = scope;
    words[word + ALIVE] = 1;
    return slot;
  }

  /** Gives a slot back. */
  free(slot: number): void {
    if (this.#freed === this.#free.length) {
      const free = new Int32Array(Math.max(FIRST_CAPACITY, this.#freed * 2));
      free.set(this.#free);
      this.#free = free;
    }
    this.#free[this.#freed++] = slot;
    this.#words[slot * WORDS + ALIVE] = 0;
  }

  isAlive(slot: number): boolean {
    return this.#words[slot * WORDS + ALIVE] === 1;
  }

  /** Whether a tuple of an entry is this one. */
  isTuple(
    slot: number,
    direction: DirectionNumber,
    scope: number,
    src: number,
    dst: number,
    ports: number,
  ): boolean {
    const words = this.#words;
    const word = slot * WORDS;
    const tuple = word + ORIGINAL_TUPLE + direction * TUPLE_WORDS;
    return (
      words[tuple] === src &&
      words[tuple + 1] === dst &&
      words[tuple + 2] === ports &&
      words[word + SCOPE] === scope
    );
  }

  src(slot: number, direction: DirectionNumber): number {
    return this.#tupleWord(slot, direction, 0);
  }

  dst(slot: number, direction: DirectionNumber): number {
    return this.#tupleWord(slot, direction, 1);
  }

  /** Both ports of a tuple in one word. */
  ports(slot: number, direction: DirectionNumber): number {
    return this.#tupleWord(slot, direction, 2);
  }

  scope(slot: number): number {
    return this.#words[slot * WORDS + SCOPE] as number;
  }

  hash(slot: number, direction: DirectionNumber): number {
    return this.#words[slot * WORDS + HASH + direction] as number;
  }

  setHash(slot: number, direction: DirectionNumber, hash: number): void {
    this.#words[slot * WORDS + HASH + direction] = hash;
  }

  expires(slot: number): number {
    return this.#doubles[slot * DOUBLES] as number;
  }

  status(slot: number): number {
    return this.#words[slot * WORDS + STATUS] as number;
  }

  state(slot: number): number {
    return this.#bytes[slot * BYTES + SMALL + 4] as number;
  }

  /** td_end of the original side. */
  originalEnd(slot: number): number {
    return this.#words[slot * WORDS + ORIGINAL_SIDE] as number;
  }

  /** Reads an entry into a connection. */
  load(slot: number, connection: Connection): void {
    const words = this.#words;
    const bytes = this.#bytes;
    const word = slot * WORDS;
    const byte = slot * BYTES + SMALL;
    connection.expires = this.#doubles[slot * DOUBLES] as number;
    connection.status = words[word + STATUS] as number;
    loadSide(words, word + ORIGINAL_SIDE, connection.original);
    loadSide(words, word + REPLY_SIDE, connection.reply);
    connection.lastSeq = words[word + LAST] as number;
    connection.lastAck = words[word + LAST + 1] as number;
    connection.lastEnd = words[word + LAST + 2] as number;
    connection.lastWin = words[word + LAST + 3] as number;
    connection.original.scale = bytes[byte] as number;
    connection.original.flags = bytes[byte + 1] as number;
    connection.reply.scale = bytes[byte + 2] as number;
    connection.reply.flags = bytes[byte + 3] as number;
    connection.state = bytes[byte + 4] as number;
    connection.lastDir = bytes[byte + 5] as DirectionNumber;
    connection.retrans = bytes[byte + 6] as number;
    connection.lastIndex = bytes[byte + 7] as number;
    connection.lastWscale = bytes[byte + 8] as number;
    connection.lastFlags = bytes[byte + 9] as number;
  }

  /** Writes a connection into an entry. */
  save(slot: number, connection: Connection): void {
    const words = this.#words;
    const bytes = this.#bytes;
    const word = slot * WORDS;
    const byte = slot * BYTES + SMALL;
    this.#doubles[slot * DOUBLES] = connection.expires;
    words[word + STATUS] = connection.status;
    saveSide(words, word + ORIGINAL_SIDE, connection.original);
    saveSide(words, word + REPLY_SIDE, connection.reply);
    words[word + LAST] = connection.lastSeq;
    words[word + LAST + 1] = connection.lastAck;
    words[word + LAST + 2] = connection.lastEnd;
    words[word + LAST + 3] = connection.lastWin;
    bytes[byte] = connection.original.scale;
    bytes[byte + 1] = connection.original.flags;
    bytes[byte + 2] = connection.reply.scale;
    bytes[byte + 3] = connection.reply.flags;
    bytes[byte + 4] = connection.state;
    bytes[byte + 5] = connection.lastDir;
    bytes[byte + 6] = connection.retrans;
    bytes[byte + 7] = connection.lastIndex;
    bytes[byte + 8] = connection.lastWscale;
    bytes[byte + 9] = connection.lastFlags;
  }

  #tupleWord(slot: number, direction: DirectionNumber, index: number): number {
    return this.#words[slot * WORDS + ORIGINAL_TUPLE + direction * TUPLE_WORDS + index] as number;
  }

  /** Doubles the room. */
  grow(): void {
    this.#capacity *= 2;
    const words = new Int32Array(this.#capacity * WORDS);
    words.set(this.#words);
    this.#words = words;
    this.#bytes = new Uint8Array(words.buffer);
    this.#doubles = new Float64Array(words.buffer);
  }
}

function loadSide(words: Int32Array, at: number, side: Side): void {
  side.end = words[at] as number;
  side.maxend = words[at + 1] as number;
  side.maxwin = words[at + 2] as number;
  side.maxack = words[at + 3] as number;
}

function saveSide(words: Int32Array, at: number, side: Side): void {
  words[at] = side.end;
  words[at + 1] = side.maxend;
  words[at + 2] = side.maxwin;
  words[at + 3] = side.maxack;
}
