import { type HuffmanTable, readHuffman, readLiteralStream } from './huffman-table.ts';
import { ZstdFault } from './zstd-fault.ts';

/** The literals of a block, the table that they were read with, and the offset after them. */
export interface Literals {
  readonly literals: Uint8Array;
  readonly table: HuffmanTable | null;
  readonly end: number;
}

/** The kinds of a literals section (RFC 8878, 3.1.1.3.1.1). */
const RAW = 0;
const RLE = 1;
const TREELESS = 3;

/**
 * Reads the literals section of a block (RFC 8878, 3.1.1.3.1).
 *
 * @param known the table of the block before, which this one may use again.
 * @param limit bytes that a block may give.
 */
export function readLiterals(
  bytes: Uint8Array,
  start: number,
  end: number,
  known: HuffmanTable | null,
  limit: number,
): Literals {
  const byte = (i: number): number => (start + i < end ? (bytes[start + i] as number) : 0);
  const kind = byte(0) & 3;
  const form = (byte(0) >> 2) & 3;
  const header = byte(0) | (byte(1) << 8) | (byte(2) << 16);
  if (kind === RAW || kind === RLE) {
    const width = form === 1 ? 2 : form === 3 ? 3 : 1;
    const size = form === 1 ? (header >> 4) & 0xfff : form === 3 ? header >> 4 : byte(0) >> 3;
    const from = start + width;
    const to = from + (kind === RAW ? size : 1);
    check(size <= limit && to <= end);
    const literals =
      kind === RAW ? bytes.subarray(from, to) : new Uint8Array(size).fill(bytes[from] as number);
    return { literals, table: known, end: to };
  }
  // Both sizes have 10, 14 or 18 bits, behind the 4 of kind and form.
  const width = form < 2 ? 10 : form === 2 ? 14 : 18;
  const mask = (1 << width) - 1;
  const rest = byte(3) * 2 ** 20 + byte(4) * 2 ** 28 + (header >>> 4);
  const size = rest & mask;
  const packed = Math.floor(rest / 2 ** width) & mask;
  let from = start + (form < 2 ? 3 : form + 2);
  const to = from + packed;
  check(size <= limit && to <= end);
  let table = known;
  if (kind !== TREELESS) {
    check(from < to);
    const read = readHuffman(bytes, from, to);
    table = read.table;
    from = read.end;
  }
  if (table === null) throw new ZstdFault('literals without their table');
  const literals = new Uint8Array(size);
  if (form === 0) readLiteralStream(table, bytes, from, to, literals);
  else readFourStreams(table, bytes, from, to, literals);
  return { literals, table, end: to };
}

/** Four streams, each of a quarter; the first three say how long they are. */
function readFourStreams(
  table: HuffmanTable,
  bytes: Uint8Array,
  start: number,
  end: number,
  literals: Uint8Array,
): void {
  check(start + 6 <= end);
  const quarter = (literals.length + 3) >> 2;
  check(quarter * 3 <= literals.length);
  let from = start + 6;
  for (let i = 0; i < 4; i++) {
    const at = start + 2 * i;
    const to = i < 3 ? from + ((bytes[at] as number) | ((bytes[at + 1] as number) << 8)) : end;
    check(to <= end);
    const part = literals.subarray(i * quarter, i < 3 ? (i + 1) * quarter : literals.length);
    readLiteralStream(table, bytes, from, to, part);
    from = to;
  }
}

function check(isRight: boolean): void {
  if (!isRight) throw new ZstdFault('literals that are longer than their block');
}
