import {
  Columns,
  Interner,
  type SourceOrigin,
  SparseColumn,
  spanAt,
  toBytes,
} from '@tuplescope/scan';
import type { NstatCounter } from './nstat-counter.ts';

const TYPES = {
  name: Uint32Array,
  value: Float64Array,
  line: Uint32Array,
  start: Uint32Array,
  end: Uint32Array,
};

/** Where something stands, in lines and offsets of its block. */
export interface BlockPlace {
  /** Line in the block, from 1. */
  readonly line: number;
  /** Offset of the first byte. */
  readonly start: number;
  /** Offset after the last byte. */
  readonly end: number;
}

/** The counters of one block, a column a field; each name is kept once. */
export class CounterColumns {
  /** How many counters there are. */
  length = 0;
  readonly #origin: SourceOrigin;
  readonly #columns: Columns<typeof TYPES>;
  readonly #names = new Interner();
  /** Only the sampling daemon prints rates other than 0. */
  readonly #rates = new SparseColumn();

  constructor(origin: SourceOrigin, rows: number) {
    this.#origin = origin;
    this.#columns = new Columns(TYPES, rows);
  }

  /** Gives the number of a name that stands in these bytes. */
  name(bytes: Uint8Array, start: number, end: number): number {
    return this.#names.intern(bytes, start, end);
  }

  /** Gives the number of a name. */
  nameOf(text: string): number {
    const bytes = toBytes(text);
    return this.#names.intern(bytes, 0, bytes.length);
  }

  /** Adds a counter. */
  add(name: number, value: number, rate: number, place: BlockPlace): void {
    const row = this.length++;
    this.#columns.reserve(row);
    const { arrays } = this.#columns;
    arrays.name[row] = name;
    arrays.value[row] = value;
    arrays.line[row] = place.line;
    arrays.start[row] = place.start;
    arrays.end[row] = place.end;
    if (rate !== 0) this.#rates.set(row, rate);
  }

  /** Gives the memory of unused rows back. */
  trim(): void {
    this.#columns.trim(this.length);
    this.#rates.trim(this.length);
  }

  /** Gives the name of a row, which has to exist. */
  nameAt(row: number): string {
    return this.#names.text(this.#columns.arrays.name[row] as number);
  }

  /** Gives the value of a row, which has to exist. */
  valueAt(row: number): number {
    return this.#columns.arrays.value[row] as number;
  }

  /** Makes the record of a row, which has to exist. */
  at(row: number): NstatCounter {
    const { line, start, end } = this.#columns.arrays;
    return {
      name: this.nameAt(row),
      value: this.valueAt(row),
      rate: this.#rates.get(row) ?? 0,
      source: spanAt(this.#origin, line[row] as number, start[row] as number, end[row] as number),
    };
  }
}
