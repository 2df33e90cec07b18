import { formatIpv6 } from '@tuplescope/net';
import { u32 } from './byte-order.ts';

/** Drawn anew by each process: addresses made to collide under one multiplier do not under another. */
const MULTIPLIER = (Math.floor(Math.random() * 0x8000_0000) << 1) | 1;

/** The four words of an address. */
type Four = readonly [number, number, number, number];

/** Keeps each distinct IPv6 address of a file once under a small number, from 0. */
export class AddressTable {
  /** The addresses, four words each. */
  #words = new Uint32Array(4 * 64);
  /** Open addressing: number + 1, or 0 for a free slot. */
  #slots = new Uint32Array(128);
  #count = 0;

  /** How many distinct addresses there are. */
  get size(): number {
    return this.#count;
  }

  /** Gives the number of the address in these 16 bytes, a new one where it is new. */
  add(bytes: Uint8Array, at: number): number {
    const a = u32(bytes, at) | 0;
    const b = u32(bytes, at + 4) | 0;
    const c = u32(bytes, at + 8) | 0;
    const d = u32(bytes, at + 12) | 0;
    const words = this.#words;
    const mask = this.#slots.length - 1;
    let slot = hash(a, b, c, d) & mask;
    for (;;) {
      const entry = this.#slots[slot] as number;
      if (entry === 0) break;
      const word = (entry - 1) * 4;
      if (
        ((words[word] as number) | 0) === a &&
        ((words[word + 1] as number) | 0) === b &&
        ((words[word + 2] as number) | 0) === c &&
        ((words[word + 3] as number) | 0) === d
      ) {
        return entry - 1;
      }
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.#count + 1;
    return this.#push(a, b, c, d);
  }

  /** Gives the text of a number's address, in the form of RFC 5952. */
  text(number: number): string {
    const groups: number[] = [];
    for (let word = number * 4; word < number * 4 + 4; word++) {
      const value = this.#words[word] ?? 0;
      groups.push(value >>> 16, value & 0xffff);
    }
    return formatIpv6(groups);
  }

  /** Forgets all addresses; their numbers are given anew. */
  clear(): void {
    this.#count = 0;
    this.#slots.fill(0);
  }

  #push(a: number, b: number, c: number, d: number): number {
    const number = this.#count++;
    if (this.#count * 4 > this.#words.length) {
      const words = new Uint32Array(this.#words.length * 2);
      words.set(this.#words);
      this.#words = words;
    }
    this.#words.set([a, b, c, d], number * 4);
    // Half full at most, so that runs of taken slots stay short.
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return number;
  }

  #rehash(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    const words = this.#words;
    for (let number = 0; number < this.#count; number++) {
      const word = number * 4;
      const [a, b, c, d] = words.subarray(word, word + 4) as unknown as Four;
      let slot = hash(a, b, c, d) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

function hash(a: number, b: number, c: number, d: number): number {
  let value = Math.imul(a ^ 0x9e37_79b9, MULTIPLIER);
  value = Math.imul(value ^ (value >>> 15) ^ b, MULTIPLIER);
  value = Math.imul(value ^ (value >>> 15) ^ c, MULTIPLIER);
  value = Math.imul(value ^ (value >>> 15) ^ d, MULTIPLIER);
  return (value ^ (value >>> 15)) >>> 0;
}
