import { decodeText } from './text.ts';

/**
 * Keeps each distinct byte string once under a small number, and decodes it only when it is asked
 * for. Finding a known string costs one hash over its bytes and one comparison, no allocation.
 *
 * @example
 * const names = new Interner();
 * names.intern(toBytes('envoy'), 0, 5) // 0
 * names.text(0) // 'envoy'
 */
export class Interner {
  #pool: Uint8Array = new Uint8Array(1024);
  #used = 0;
  /** Where each string begins in the pool; string n ends where n + 1 begins. */
  #starts: Uint32Array = new Uint32Array(64);
  #count = 0;
  /** Open addressing: number + 1, or 0 for a free slot. */
  #slots: Uint32Array = new Uint32Array(128);
  readonly #texts: string[] = [];

  /** How many distinct strings there are. */
  get size(): number {
    return this.#count;
  }

  /** Gives the number of these bytes, a new one where they are new. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(bytes, start, end) & mask;
    for (;;) {
      const entry = this.#slots[slot] as number;
      if (entry === 0) return this.#add(bytes, start, end, slot);
      if (this.#isEqual(entry - 1, bytes, start, end)) return entry - 1;
      slot = (slot + 1) & mask;
    }
  }

  /** Gives the text of a number, decoded as UTF-8; the empty string where there is no such number. */
  text(id: number): string {
    const known = this.#texts[id];
    if (known !== undefined) return known;
    if (id < 0 || id >= this.#count) return '';
    const start = this.#starts[id] as number;
    const text = decodeText(this.#pool, start, this.#endOf(id));
    this.#texts[id] = text;
    return text;
  }

  #endOf(id: number): number {
    return id + 1 < this.#count ? (this.#starts[id + 1] as number) : this.#used;
  }

  #isEqual(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#starts[id] as number;
    if (this.#endOf(id) - from !== end - start) return false;
    const pool = this.#pool;
    for (let i = start, j = from; i < end; i++, j++) if (bytes[i] !== pool[j]) return false;
    return true;
  }

  #add(bytes: Uint8Array, start: number, end: number, slot: number): number {
    const id = this.#count++;
    if (id >= this.#starts.length) this.#starts = enlarged(this.#starts, id + 1);
    this.#starts[id] = this.#used;
    const used = this.#used + end - start;
    if (used > this.#pool.length) {
      const pool = new Uint8Array(Math.max(used, this.#pool.length * 2));
      pool.set(this.#pool.subarray(0, this.#used));
      this.#pool = pool;
    }
    this.#pool.set(bytes.subarray(start, end), this.#used);
    this.#used = used;
    this.#slots[slot] = id + 1;
    // Half full at most, so that runs of taken slots stay short.
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.#count; id++) {
      let slot = hash(this.#pool, this.#starts[id] as number, this.#endOf(id)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.#slots = slots;
  }
}

/** Drawn anew by each process: an input made to collide under one multiplier does not under another. */
const MULTIPLIER = (Math.floor(Math.random() * 0x800000) * 512 + 0x193) | 0;

/** Like FNV-1a, 32 bit, with a last mix because the low bits choose the slot. */
function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let i = start; i < end; i++) value = Math.imul(value ^ (bytes[i] as number), MULTIPLIER);
  return (value ^ (value >>> 15)) >>> 0;
}

function enlarged(array: Uint32Array, least: number): Uint32Array {
  const larger = new Uint32Array(Math.max(least, array.length * 2));
  larger.set(array);
  return larger;
}
