/** Drawn anew by each process: numbers made to collide under one multiplier do not under another. */
const MULTIPLIER = (Math.floor(Math.random() * 0x8000_0000) << 1) | 1;

/** A map from 32-bit numbers to small ones; emptied at once, so that one serves many conversations. */
export class NumberMap {
  #keys = new Uint32Array(64);
  #values = new Int32Array(64);
  /** A slot is taken if it has the number of the present filling. */
  #fillings = new Uint32Array(64);
  #filling = 0;
  #shift = 26;

  /** Empties the map, and makes room for so many keys. */
  reset(keys: number): void {
    this.#filling++;
    let slots = this.#keys.length;
    while (slots < keys * 2) slots *= 2;
    if (slots === this.#keys.length) return;
    this.#keys = new Uint32Array(slots);
    this.#values = new Int32Array(slots);
    this.#fillings = new Uint32Array(slots);
    this.#shift = Math.clz32(slots - 1);
  }

  /** Gives the value of a key, or -1. */
  get(key: number): number {
    const slot = this.#slotOf(key);
    return this.#fillings[slot] === this.#filling ? (this.#values[slot] as number) : -1;
  }

  /** Sets the value of a key. */
  set(key: number, value: number): void {
    const slot = this.#slotOf(key);
    this.#keys[slot] = key;
    this.#values[slot] = value;
    this.#fillings[slot] = this.#filling;
  }

  #slotOf(key: number): number {
    const mask = this.#keys.length - 1;
    const wanted = key >>> 0;
    let slot = Math.imul(key, MULTIPLIER) >>> this.#shift;
    while (this.#fillings[slot] === this.#filling && this.#keys[slot] !== wanted) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
