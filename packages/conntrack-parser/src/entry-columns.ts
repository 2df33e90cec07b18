import { Columns, Interner, SparseColumn } from '@tuplescope/scan';
import type { EntryDraft } from './entry-draft.ts';
import { FIELD, FIELDS, type Field, LONG } from './fields.ts';
import { LineNumbers } from './line-numbers.ts';

/** One cell an entry, 14 bytes. */
type EntryTypes = Record<'start' | 'timeout', Uint32ArrayConstructor> &
  Record<'length' | 'flags', Uint16ArrayConstructor> &
  Record<'protocol' | 'state', Uint8ArrayConstructor>;

const ENTRY_TYPES: EntryTypes = {
  /** Offset of the first byte in the block. */
  start: Uint32Array,
  /** Length in bytes, {@link LONG} where it does not fit. */
  length: Uint16Array,
  /** Bits of entry-flags.ts. */
  flags: Uint16Array,
  protocol: Uint8Array,
  /** Number of a state of states.ts. */
  state: Uint8Array,
  /** Seconds. */
  timeout: Uint32Array,
};

/** Two cells an entry, the original tuple and the reply tuple: 24 bytes. */
type TupleTypes = Record<'src' | 'dst', Uint32ArrayConstructor> &
  Record<'sport' | 'dport', Uint16ArrayConstructor>;

const TUPLE_TYPES: TupleTypes = {
  /** IPv4 in host order, or a number of the pool where the flags say so. */
  src: Uint32Array,
  dst: Uint32Array,
  /** Source port, or the ICMP identifier, or the GRE source key. */
  sport: Uint16Array,
  /** Destination port, or the ICMP type and code as one number, or the GRE destination key. */
  dport: Uint16Array,
};

/** The entries of one block of input, a column for each field. */
export class EntryColumns {
  readonly entries: Columns<EntryTypes>;
  /** The tuples of entry n are the rows 2n (original) and 2n + 1 (reply). */
  readonly tuples: Columns<TupleTypes>;
  readonly fields: readonly SparseColumn[];
  /** IPv6 addresses, security contexts and other texts, each once. */
  readonly pool: Interner = new Interner();
  readonly lines: LineNumbers = new LineNumbers();
  /** How many entries there are. */
  length = 0;

  /** @param rows how many entries to make room for at first. */
  constructor(rows: number) {
    this.entries = new Columns(ENTRY_TYPES, rows);
    this.tuples = new Columns(TUPLE_TYPES, rows * 2);
    this.fields = Array.from({ length: FIELDS }, () => new SparseColumn());
  }

  /** Gives the value of a field that some entries have, or null. */
  get(field: Field, row: number): number | null {
    return this.fields[FIELD[field]]?.get(row) ?? null;
  }

  /** Makes room for one more entry; true when the arrays were replaced. */
  reserve(): boolean {
    const isMoved = this.entries.reserve(this.length);
    return this.tuples.reserve(this.length * 2 + 1) || isMoved;
  }

  /** Adds an entry that stands in the bytes from `start` to `end`, on this line of the block. */
  add(draft: EntryDraft, start: number, end: number, line: number): void {
    this.reserve();
    const row = this.length++;
    const entries = this.entries.arrays;
    entries.start[row] = start;
    entries.length[row] = Math.min(end - start, LONG);
    entries.flags[row] = draft.flags;
    entries.protocol[row] = draft.protocol;
    entries.state[row] = draft.state;
    entries.timeout[row] = draft.timeout;
    for (const direction of [0, 1] as const) {
      const tuple = draft.tuples[direction];
      const tuples = this.tuples.arrays;
      const cell = row * 2 + direction;
      tuples.src[cell] = tuple.src;
      tuples.dst[cell] = tuple.dst;
      tuples.sport[cell] = tuple.sport;
      tuples.dport[cell] = tuple.dport;
    }
    for (let field = 0; field < FIELDS; field++) {
      const value = draft.values[field] as number;
      if (!Number.isNaN(value)) this.fields[field]?.set(row, value);
    }
    if (end - start >= LONG) this.fields[FIELD.longLength]?.set(row, end - start);
    this.lines.set(row, line);
  }

  /** Gives the memory of unused rows back; a few are kept, a copy would cost more. */
  trim(): void {
    if (this.entries.capacity > this.length * 1.05) {
      this.entries.trim(this.length);
      this.tuples.trim(this.length * 2);
    }
    for (const column of this.fields) column.trim(this.length);
  }
}
