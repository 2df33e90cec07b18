import { Interner } from '@tuplescope/scan';
import type { PacketDraft } from './packet-draft.ts';

/** Numbers a row, 32 bytes: a search touches one cache line. */
const ROW = 8;
/** The caller's cells come first; of cell 0 it has the lower 8 bits. */
const KINDS = 0;
const KINDS_SHIFT = 8;
const ADDRESS_0 = 5;
const ADDRESS_1 = 6;
const PORTS = 7;

/** Which side's address is the number of a text, not an IPv4 address. */
const IS_TEXT_0 = 1;
const IS_TEXT_1 = 2;

/** Connections by addresses and ports, whichever way a packet goes: open addressing, doubling. */
export class ConnectionTable {
  /** How many connections there are. */
  count = 0;
  /** All rows, one after the other. */
  cells: Uint32Array = new Uint32Array(64 * ROW);
  /** Of the last search: 0 where the packet's source is side 0 of the connection, else 1. */
  side = 0;
  /** Offset of the row + 1, or 0 for a free slot. */
  #slots = new Uint32Array(128);
  readonly #texts = new Interner();
  #address0 = 0;
  #address1 = 0;
  #ports = 0;
  #kinds = 0;
  #free = 0;

  /** Gives where the row of the packet's connection begins, or -1. */
  find(draft: PacketDraft, bytes: Uint8Array): number {
    this.#setKey(draft, bytes);
    const { cells } = this;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = mix(this.#address0, this.#address1, this.#ports) & mask;
    for (;;) {
      const row = (slots[slot] as number) - 1;
      if (row < 0) break;
      if (
        cells[row + PORTS] === this.#ports &&
        cells[row + ADDRESS_0] === this.#address0 &&
        cells[row + ADDRESS_1] === this.#address1 &&
        (cells[row + KINDS] as number) >>> KINDS_SHIFT === this.#kinds
      ) {
        return row;
      }
      slot = (slot + 1) & mask;
    }
    this.#free = slot;
    return -1;
  }

  /** Adds the connection that the last search did not find; gives where its row begins. */
  add(): number {
    const row = this.count++ * ROW;
    if (row >= this.cells.length) {
      const larger = new Uint32Array(this.cells.length * 2);
      larger.set(this.cells);
      this.cells = larger;
    }
    this.cells[row + KINDS] = this.#kinds << KINDS_SHIFT;
    this.cells[row + ADDRESS_0] = this.#address0;
    this.cells[row + ADDRESS_1] = this.#address1;
    this.cells[row + PORTS] = this.#ports;
    this.#slots[this.#free] = row + 1;
    if (this.count * 2 > this.#slots.length) this.#rehash();
    return row;
  }

  /** Puts the packet's ends in one order for both directions: the lower port first, as tcpdump does. */
  #setKey(draft: PacketDraft, bytes: Uint8Array): void {
    const { sport, dport } = draft;
    let src = draft.srcIpv4;
    let dst = draft.dstIpv4;
    let kinds = 0;
    if (src < 0) {
      src = this.#texts.intern(bytes, draft.srcStart, draft.srcEnd);
      kinds = IS_TEXT_0;
    }
    if (dst < 0) {
      dst = this.#texts.intern(bytes, draft.dstStart, draft.dstEnd);
      kinds |= IS_TEXT_1;
    }
    if (sport > dport || (sport === dport && src > dst)) {
      this.side = 1;
      this.#address0 = dst;
      this.#address1 = src;
      this.#ports = ((dport << 16) | sport) >>> 0;
      this.#kinds = (kinds >> 1) | ((kinds & 1) << 1);
    } else {
      this.side = 0;
      this.#address0 = src;
      this.#address1 = dst;
      this.#ports = ((sport << 16) | dport) >>> 0;
      this.#kinds = kinds;
    }
  }

  #rehash(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    const { cells } = this;
    for (let row = 0; row < this.count * ROW; row += ROW) {
      const hash = mix(
        cells[row + ADDRESS_0] as number,
        cells[row + ADDRESS_1] as number,
        cells[row + PORTS] as number,
      );
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = row + 1;
    }
    this.#slots = slots;
  }
}

/** Multiplies and shifts so that each bit of the three reaches the low ones, which choose the slot. */
function mix(a: number, b: number, ports: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b ^ (b >>> 15), 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 13) ^ ports, 0xc2b2ae3d);
  return (hash ^ (hash >>> 16)) >>> 0;
}
