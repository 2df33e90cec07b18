import { buildFse, type FseTable } from './fse-table.ts';

/** One of the three numbers that a sequence has: how its codes are read, and what they stand for. */
export interface CodeKind {
  /** Bits in which a block says how this table is given (RFC 8878, 3.1.1.3.2.1). */
  readonly shift: number;
  readonly maxLog: number;
  readonly maxCode: number;
  /** The table where a block gives none (RFC 8878, 3.1.1.3.2.2). */
  readonly usual: FseTable;
}

const ONES = (count: number): number[] => new Array(count).fill(1);
const RARE = (count: number): number[] => new Array(count).fill(-1);

/** Codes of literals to copy, of how far back a match lies, and of how long it is. */
export const LITERAL_LENGTH: CodeKind = {
  shift: 6,
  maxLog: 9,
  maxCode: 35,
  usual: buildFse(
    [
      4,
      3,
      ...new Array(11).fill(2),
      1,
      1,
      1,
      ...new Array(9).fill(2),
      3,
      2,
      ...ONES(5),
      ...RARE(4),
    ],
    6,
  ),
};

/** A code is the number of bits of the offset; 31 would be 2 GiB, above any window that is taken. */
export const OFFSET: CodeKind = {
  shift: 4,
  maxLog: 8,
  maxCode: 31,
  usual: buildFse([...ONES(6), 2, 2, 2, ...ONES(15), ...RARE(5)], 5),
};

export const MATCH_LENGTH: CodeKind = {
  shift: 2,
  maxLog: 9,
  maxCode: 52,
  usual: buildFse([1, 4, 3, ...new Array(6).fill(2), ...ONES(37), ...RARE(7)], 6),
};

/** Bits that follow each code of a literal length (RFC 8878, table 6). */
export const LITERAL_BITS: Uint8Array = Uint8Array.of(
  ...new Array<number>(16).fill(0),
  ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
);

/** Bits that follow each code of a match length (RFC 8878, table 7). */
export const MATCH_BITS: Uint8Array = Uint8Array.of(
  ...new Array<number>(32).fill(0),
  ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
);

/** What those bits are added to: each code begins where the one before it ends. */
export const LITERAL_BASE: Uint32Array = basesOf(LITERAL_BITS, 0);
export const MATCH_BASE: Uint32Array = basesOf(MATCH_BITS, 3);

function basesOf(bits: Uint8Array, first: number): Uint32Array {
  let base = first;
  return Uint32Array.from(bits, (width) => {
    const its = base;
    base += 1 << width;
    return its;
  });
}
