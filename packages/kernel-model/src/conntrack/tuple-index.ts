import type { DirectionNumber } from './direction.ts';
import type { EntrySlab } from './entry-slab.ts';
import { tupleHash } from './tuple-hash.ts';

/** No entry has the tuple. */
export const NOT_FOUND = -1;

/** Cells at first, a power of two. */
const FIRST_CELLS = 64;

/**
 * Finds entries by either of their tuples: open addressing with linear probing, hash and reference
 * side by side in one typed array, so that most probes read one place in memory. A reference is the
 * entry's slot doubled, plus 1 for its reply tuple; a cell holds it plus 1, 0 is an empty cell.
 */
export class TupleIndex {
  readonly #slab: EntrySlab;
  #cells = new Int32Array(FIRST_CELLS * 2);
  #mask = FIRST_CELLS - 1;
  #used = 0;

  constructor(slab: EntrySlab) {
    this.#slab = slab;
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#cells.byteLength;
  }

  /** Gives the reference of the entry with this tuple, or NOT_FOUND. */
  find(scope: number, src: number, dst: number, ports: number): number {
    const cells = this.#cells;
    const mask = this.#mask;
    const hash = tupleHash(src, dst, ports, scope);
    for (let cell = hash & mask; ; cell = (cell + 1) & mask) {
      const reference = (cells[cell * 2 + 1] as number) - 1;
      if (reference < 0) return NOT_FOUND;
      if (cells[cell * 2] !== hash) continue;
      const direction = (reference & 1) as DirectionNumber;
      if (this.#slab.isTuple(reference >> 1, direction, scope, src, dst, ports)) return reference;
    }
  }

  /** Adds one of an entry's tuples. */
  add(slot: number, direction: DirectionNumber): void {
    if (++this.#used * 2 > this.#mask) this.#grow();
    const slab = this.#slab;
    const hash = tupleHash(
      slab.src(slot, direction),
      slab.dst(slot, direction),
      slab.ports(slot, direction),
      slab.scope(slot),
    );
    slab.setHash(slot, direction, hash);
    this.#place(hash, slot * 2 + direction + 1);
  }

  /** Takes one of an entry's tuples out, and moves what was probed past it back into the gap. */
  remove(slot: number, direction: DirectionNumber): void {
    const cells = this.#cells;
    const mask = this.#mask;
    const value = slot * 2 + direction + 1;
    let gap = this.#slab.hash(slot, direction) & mask;
    while (cells[gap * 2 + 1] !== value) gap = (gap + 1) & mask;
    this.#used--;
    for (let cell = (gap + 1) & mask; cells[cell * 2 + 1] !== 0; cell = (cell + 1) & mask) {
      const home = (cells[cell * 2] as number) & mask;
      // It may move only if its home is not between the gap and where it lies.
      if (((cell - home) & mask) < ((cell - gap) & mask)) continue;
      cells[gap * 2] = cells[cell * 2] as number;
      cells[gap * 2 + 1] = cells[cell * 2 + 1] as number;
      gap = cell;
    }
    cells[gap * 2 + 1] = 0;
  }

  #place(hash: number, value: number): void {
    const cells = this.#cells;
    const mask = this.#mask;
    let cell = hash & mask;
    while (cells[cell * 2 + 1] !== 0) cell = (cell + 1) & mask;
    cells[cell * 2] = hash;
    cells[cell * 2 + 1] = value;
  }

  #grow(): void {
    const old = this.#cells;
    this.#cells = new Int32Array(old.length * 2);
    this.#mask = this.#mask * 2 + 1;
    for (let i = 0; i < old.length; i += 2) {
      const value = old[i + 1] as number;
      if (value !== 0) this.#place(old[i] as number, value);
    }
  }
}
