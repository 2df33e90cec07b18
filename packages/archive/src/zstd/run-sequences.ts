import { BackwardBits } from './backward-bits.ts';
import { type FseTable, fseOfOne, readFse } from './fse-table.ts';
import {
  type CodeKind,
  LITERAL_BASE,
  LITERAL_BITS,
  LITERAL_LENGTH,
  MATCH_BASE,
  MATCH_BITS,
  MATCH_LENGTH,
  OFFSET,
} from './sequence-codes.ts';
import { copyMatch, type Window } from './window.ts';
import { ZstdFault } from './zstd-fault.ts';

/** What the sequences of a block take over from the block before (RFC 8878, 3.1.1.4 and 3.1.1.5). */
export interface SequenceState {
  /** The last three offsets. */
  readonly offsets: [number, number, number];
  tables: SequenceTables | null;
}

interface SequenceTables {
  readonly literalLength: FseTable;
  readonly offset: FseTable;
  readonly matchLength: FseTable;
}

/** What is known before the first block of a frame. */
export function makeSequenceState(): SequenceState {
  return { offsets: [1, 4, 8], tables: null };
}

/** The ways in which a block gives a table (RFC 8878, 3.1.1.3.2.1). */
const USUAL = 0;
const ONE_CODE = 1;
const DESCRIBED = 2;

/**
 * Reads the sequences section of a block (RFC 8878, 3.1.1.3.2) and writes behind the window what it
 * makes of the literals: at most `limit` bytes, so that a few bytes cannot ask for hours of copying.
 */
export function runSequences(
  bytes: Uint8Array,
  start: number,
  end: number,
  literals: Uint8Array,
  window: Window,
  state: SequenceState,
  limit: number,
): void {
  const { count, end: afterCount } = readCount(bytes, start, end);
  if (count === 0) {
    if (afterCount !== end) throw new ZstdFault('a block with bytes left over');
    window.bytes.set(literals, window.length);
    window.length += literals.length;
    return;
  }
  const { tables, end: from } = readTables(bytes, afterCount, end, state.tables);
  state.tables = tables;
  const { literalLength, offset, matchLength } = tables;
  const stream = new BackwardBits(bytes, from, end);
  let literalState = stream.read(literalLength.log);
  let offsetState = stream.read(offset.log);
  let matchState = stream.read(matchLength.log);
  const out = window.bytes;
  const most = window.length + limit;
  let to = window.length;
  let used = 0;
  for (let left = count; left > 0; left--) {
    const offsetCode = offset.symbol[offsetState] as number;
    const matchCode = matchLength.symbol[matchState] as number;
    const literalCode = literalLength.symbol[literalState] as number;
    const value = 2 ** offsetCode + stream.read(offsetCode);
    const match = (MATCH_BASE[matchCode] as number) + stream.read(MATCH_BITS[matchCode] as number);
    const run =
      (LITERAL_BASE[literalCode] as number) + stream.read(LITERAL_BITS[literalCode] as number);
    const back = nextOffset(state.offsets, value, run);
    if (stream.left < 0) throw new ZstdFault('sequences that are cut');
    if (used + run > literals.length) throw new ZstdFault('more literals than there are');
    if (to + run + match > most) throw new ZstdFault('a block that unpacks to more than it may');
    for (let i = 0; i < run; i++) out[to + i] = literals[used + i] as number;
    used += run;
    to += run;
    if (back > to || back > window.size || back === 0) {
      throw new ZstdFault('a match further back than there is content');
    }
    copyMatch(out, to, back, match);
    to += match;
    if (left === 1) break;
    literalState =
      (literalLength.base[literalState] as number) +
      stream.read(literalLength.bits[literalState] as number);
    matchState =
      (matchLength.base[matchState] as number) +
      stream.read(matchLength.bits[matchState] as number);
    offsetState =
      (offset.base[offsetState] as number) + stream.read(offset.bits[offsetState] as number);
  }
  if (stream.left !== 0) throw new ZstdFault('sequences that do not end where they should');
  const rest = literals.subarray(used);
  if (to + rest.length > most) throw new ZstdFault('a block that unpacks to more than it may');
  out.set(rest, to);
  window.length = to + rest.length;
}

/** The number of sequences, in one to three bytes. */
function readCount(
  bytes: Uint8Array,
  start: number,
  end: number,
): { readonly count: number; readonly end: number } {
  const byte = (i: number): number => bytes[start + i] as number;
  const width = start >= end ? 4 : byte(0) < 128 ? 1 : byte(0) < 255 ? 2 : 3;
  if (start + width > end) throw new ZstdFault('a block without its sequences');
  if (width === 1) return { count: byte(0), end: start + 1 };
  if (width === 2) return { count: ((byte(0) - 128) << 8) + byte(1), end: start + 2 };
  return { count: byte(1) + (byte(2) << 8) + 0x7f00, end: start + 3 };
}

function readTables(
  bytes: Uint8Array,
  start: number,
  end: number,
  known: SequenceTables | null,
): { readonly tables: SequenceTables; readonly end: number } {
  const modes = start < end ? (bytes[start] as number) : 1;
  if ((modes & 3) !== 0) throw new ZstdFault('tables of sequences in a way that does not exist');
  let at = start + 1;
  const read = ({ shift, maxLog, maxCode, usual }: CodeKind, before?: FseTable): FseTable => {
    const mode = (modes >> shift) & 3;
    if (mode === USUAL) return usual;
    if (mode === ONE_CODE) {
      const code = at < end ? (bytes[at++] as number) : 255;
      if (code > maxCode) throw new ZstdFault('a code that does not exist');
      return fseOfOne(code);
    }
    if (mode === DESCRIBED) {
      const { table, end: after } = readFse(bytes, at, end, maxLog, maxCode);
      at = after;
      return table;
    }
    if (before === undefined) throw new ZstdFault('the table of a block before the first');
    return before;
  };
  const literalLength = read(LITERAL_LENGTH, known?.literalLength);
  const offset = read(OFFSET, known?.offset);
  const matchLength = read(MATCH_LENGTH, known?.matchLength);
  return { tables: { literalLength, offset, matchLength }, end: at };
}

/** Values up to 3 name one of the last offsets; without literals the names move on by one. */
function nextOffset(last: [number, number, number], value: number, run: number): number {
  if (value > 3) {
    last[2] = last[1];
    last[1] = last[0];
    last[0] = value - 3;
    return last[0];
  }
  const name = run === 0 ? value : value - 1;
  if (name === 0) return last[0];
  const offset = name === 3 ? last[0] - 1 : last[name as 1 | 2];
  if (name > 1) last[2] = last[1];
  last[1] = last[0];
  last[0] = offset;
  return offset;
}
