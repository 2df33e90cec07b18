import { Interner } from '@tuplescope/scan';
import type { PacketDraft } from './packet-draft.ts';

/**
 * Connections remembered at least; between this and twice as many the ones longest unused are
 * forgotten. tcpdump itself forgets none.
 */
export const MAX_CONNECTIONS = 32_768;

/** What is known of one side: bits of a connection's byte, for side 0; for side 1 shifted left. */
const HAS_BASE = 1;
const HAS_SYN = 4;
const BASE_RESTS_ON_SYN = 16;
/** tcpdump has printed a segment with ACK of this connection, so it counts from there. */
const IS_COUNTED = 64;

/**
 * What numbers of each connection count from: tcpdump keeps such a table and never shows it. Memory
 * is bounded: of two halves the young one takes all that is used, and when it is full the old one is
 * forgotten.
 */
export class ConnectionMemory {
  /** Connections were forgotten. */
  hasForgotten = false;
  #young = new Half();
  #old: Half | null = null;
  #slot = 0;
  /** 0 where the packet's source is side 0 of the connection, else 1. */
  #side = 0;

  /** Goes to the packet's connection, a new one where it is not known. */
  locate(draft: PacketDraft, bytes: Uint8Array): void {
    let known = this.#young.find(draft, bytes);
    if (known < 0) {
      if (this.#young.count >= MAX_CONNECTIONS) {
        this.hasForgotten ||= this.#old !== null;
        this.#old = this.#young;
        this.#young = new Half();
        this.#young.find(draft, bytes);
      }
      known = this.#young.add();
      const old = this.#old;
      const before = old === null ? -1 : old.find(draft, bytes);
      if (old !== null && before >= 0) this.#young.copy(known, old, before);
    }
    this.#slot = known;
    this.#side = this.#young.side;
  }

  /** tcpdump counts the numbers of this connection already. */
  get isCounted(): boolean {
    return ((this.#young.known[this.#slot] as number) & IS_COUNTED) !== 0;
  }

  /** Forgets what the numbers count from: from the next ones on tcpdump counts anew. */
  startCounting(): void {
    const known = this.#young.known[this.#slot] as number;
    this.#young.known[this.#slot] = (known & (HAS_SYN * 3)) | IS_COUNTED;
  }

  /** Notes what the numbers of the packet's source, or of its destination, count from. */
  setBase(isSource: boolean, base: number, restsOnSyn: boolean): void {
    const side = isSource ? this.#side : 1 - this.#side;
    this.#young.bases[this.#slot * 2 + side] = base;
    const bits = restsOnSyn ? HAS_BASE | BASE_RESTS_ON_SYN : HAS_BASE;
    this.#young.known[this.#slot] = (this.#young.known[this.#slot] as number) | (bits << side);
  }

  /** Gives what the numbers of that side count from, or -1. */
  base(isSource: boolean): number {
    const side = isSource ? this.#side : 1 - this.#side;
    const isKnown = ((this.#young.known[this.#slot] as number) >> side) & HAS_BASE;
    return isKnown ? (this.#young.bases[this.#slot * 2 + side] as number) : -1;
  }

  /** That base was taken from a SYN. */
  restsOnSyn(isSource: boolean): boolean {
    const side = isSource ? this.#side : 1 - this.#side;
    return (((this.#young.known[this.#slot] as number) >> side) & BASE_RESTS_ON_SYN) !== 0;
  }

  /** Notes the sequence number of a SYN of the packet's source. */
  setSyn(seq: number): void {
    this.#young.syns[this.#slot * 2 + this.#side] = seq;
    const known = this.#young.known[this.#slot] as number;
    this.#young.known[this.#slot] = known | (HAS_SYN << this.#side);
  }

  /** Gives the sequence number of the last SYN of the packet's source, or -1. */
  syn(): number {
    const isKnown = ((this.#young.known[this.#slot] as number) >> this.#side) & HAS_SYN;
    return isKnown ? (this.#young.syns[this.#slot * 2 + this.#side] as number) : -1;
  }
}

/** An open-addressing table that grows up to MAX_CONNECTIONS rows. */
class Half {
  count = 0;
  bases: Uint32Array = new Uint32Array(128);
  syns: Uint32Array = new Uint32Array(128);
  known: Uint8Array = new Uint8Array(64);
  /** Side of the source in the last search. */
  side = 0;
  /** Four numbers a connection: two addresses, both ports, which addresses are texts. */
  #keys = new Uint32Array(256);
  /** Row + 1, or 0 for a free slot. */
  #slots = new Uint32Array(128);
  readonly #names = new Interner();
  #a = 0;
  #b = 0;
  #ports = 0;
  #kinds = 0;
  #free = 0;

  /** Gives the row of the packet's connection, or -1. */
  find(draft: PacketDraft, bytes: Uint8Array): number {
    let a = draft.srcIpv4;
    let b = draft.dstIpv4;
    let kinds = 0;
    if (a < 0) {
      a = this.#names.intern(bytes, draft.srcStart, draft.srcEnd);
      kinds = 1;
    }
    if (b < 0) {
      b = this.#names.intern(bytes, draft.dstStart, draft.dstEnd);
      kinds |= 2;
    }
    const { sport, dport } = draft;
    const isReversed = sport > dport || (sport === dport && a > b);
    this.side = isReversed ? 1 : 0;
    this.#a = isReversed ? b : a;
    this.#b = isReversed ? a : b;
    this.#ports = (isReversed ? (dport << 16) | sport : (sport << 16) | dport) >>> 0;
    if (isReversed) kinds = (kinds >> 1) | ((kinds & 1) << 1);
    this.#kinds = kinds;
    const mask = this.#slots.length - 1;
    let slot = mix(this.#a, this.#b, this.#ports) & mask;
    for (;;) {
      const row = (this.#slots[slot] as number) - 1;
      if (row < 0) break;
      if (this.#isRow(row)) return row;
      slot = (slot + 1) & mask;
    }
    this.#free = slot;
    return -1;
  }

  /** Adds the connection that the last search did not find. */
  add(): number {
    const row = this.count++;
    if (row >= this.known.length) {
      this.known = enlarged(this.known, Uint8Array);
      this.bases = enlarged(this.bases, Uint32Array);
      this.syns = enlarged(this.syns, Uint32Array);
      this.#keys = enlarged(this.#keys, Uint32Array);
    }
    this.#keys.set([this.#a, this.#b, this.#ports, this.#kinds], row * 4);
    this.#slots[this.#free] = row + 1;
    if (this.count * 2 > this.#slots.length) this.#rehash();
    return row;
  }

  /** Takes over what another half knows of the connection; its sides may be the other way round. */
  copy(row: number, from: Half, fromRow: number): void {
    const turn = this.side ^ from.side;
    for (let side = 0; side < 2; side++) {
      this.bases[row * 2 + side] = from.bases[fromRow * 2 + (side ^ turn)] as number;
      this.syns[row * 2 + side] = from.syns[fromRow * 2 + (side ^ turn)] as number;
    }
    const known = from.known[fromRow] as number;
    // Bits come in pairs, one for each side.
    const turned = ((known & 0b10101) << 1) | ((known & 0b101010) >> 1) | (known & IS_COUNTED);
    this.known[row] = turn === 0 ? known : turned;
  }

  #isRow(row: number): boolean {
    const keys = this.#keys;
    const at = row * 4;
    return (
      keys[at] === this.#a &&
      keys[at + 1] === this.#b &&
      keys[at + 2] === this.#ports &&
      keys[at + 3] === this.#kinds
    );
  }

  #rehash(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    const keys = this.#keys;
    for (let row = 0; row < this.count; row++) {
      const at = row * 4;
      let slot = mix(keys[at] as number, keys[at + 1] as number, keys[at + 2] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = row + 1;
    }
    this.#slots = slots;
  }
}

function mix(a: number, b: number, ports: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b ^ (b >>> 15), 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 13) ^ ports, 0xc2b2ae3d);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function enlarged<A extends Uint8Array | Uint32Array>(array: A, Type: new (n: number) => A): A {
  const larger = new Type(array.length * 2);
  larger.set(array);
  return larger;
}
