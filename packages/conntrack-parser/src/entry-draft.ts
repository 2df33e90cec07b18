import { FIELD, FIELDS, type Field } from './fields.ts';

/** One direction of an entry while it is being read; -1 is "not read yet". */
export interface TupleDraft {
  /** IPv4 in host order, or a number of the pool where the entry's flags say so. */
  src: number;
  dst: number;
  /** Source port, or the ICMP identifier, or the GRE source key. */
  sport: number;
  /** Destination port, or the ICMP type and code as one number, or the GRE destination key. */
  dport: number;
  /** ICMP type and code, until both are known. */
  type: number;
  code: number;
}

/** What should stand between two offsets. */
export interface Complaint {
  readonly start: number;
  readonly end: number;
  readonly expected: string;
}

/** One entry while it is being read; used again for the next. */
export class EntryDraft {
  /** Bits of entry-flags.ts. */
  flags = 0;
  /** IANA number, -1 is "not read yet". */
  protocol = -1;
  /** Number of a state of states.ts. */
  state = 0;
  /** Seconds. */
  timeout = 0;
  readonly tuples: readonly [original: TupleDraft, reply: TupleDraft] = [
    emptyTuple(),
    emptyTuple(),
  ];
  /** By {@link FIELD}; NaN where the entry has no such field. */
  readonly values: Float64Array = new Float64Array(FIELDS);
  /** Why the entry could not be read. */
  refusal: Complaint | null = null;
  /** A value that was left out of the entry; the entry stands. */
  doubt: Complaint | null = null;
  /** What is not as the tool prints it but means the same. */
  oddity: Complaint | null = null;

  /** Forgets the last entry. */
  clear(): void {
    this.flags = 0;
    this.protocol = -1;
    this.state = 0;
    this.timeout = 0;
    for (const tuple of this.tuples) Object.assign(tuple, EMPTY_TUPLE);
    this.values.fill(Number.NaN);
    this.refusal = null;
    this.doubt = null;
    this.oddity = null;
  }

  has(field: Field): boolean {
    return !Number.isNaN(this.values[FIELD[field]]);
  }

  set(field: Field, value: number): void {
    this.values[FIELD[field]] = value;
  }

  /** Says what should stand between two offsets. Gives -1, the offset that means "not read". */
  refuse(start: number, end: number, expected: string): -1 {
    this.refusal = { start, end, expected };
    return -1;
  }
}

const EMPTY_TUPLE: TupleDraft = { src: -1, dst: -1, sport: -1, dport: -1, type: -1, code: -1 };

function emptyTuple(): TupleDraft {
  return { ...EMPTY_TUPLE };
}
