import { BackwardBits } from './backward-bits.ts';
import { readFse } from './fse-table.ts';
import { ZstdFault } from './zstd-fault.ts';

/** The literal and the length of the code that any `log` bits begin with (RFC 8878, 4.2). */
export interface HuffmanTable {
  /** Bits of the longest code. */
  readonly log: number;
  readonly symbol: Uint8Array;
  readonly bits: Uint8Array;
}

/** Bits of a code, at most (RFC 8878, 4.2.1). */
const MAX_BITS = 11;

/** A literal is a byte, and the weight of the last is not written. */
const MAX_WEIGHTS = 255;

/** Reads the description of a table, and gives it with the offset after it. */
export function readHuffman(
  bytes: Uint8Array,
  start: number,
  end: number,
): { readonly table: HuffmanTable; readonly end: number } {
  const first = bytes[start] as number;
  const from = start + 1;
  if (first >= 128) {
    const count = first - 127;
    const to = from + ((count + 1) >> 1);
    if (to > end) throw new ZstdFault('a table of literals that is cut');
    const weights = Array.from({ length: count }, (_, i) => {
      const pair = bytes[from + (i >> 1)] as number;
      return i % 2 === 0 ? pair >> 4 : pair & 15;
    });
    return { table: buildHuffman(weights), end: to };
  }
  const to = from + first;
  if (to > end) throw new ZstdFault('a table of literals that is cut');
  return { table: buildHuffman(readWeights(bytes, from, to)), end: to };
}

/** Two states take turns until the bits run out; the other then gives the last weight. */
function readWeights(bytes: Uint8Array, start: number, end: number): number[] {
  const { table, end: from } = readFse(bytes, start, end, 6, MAX_BITS + 1);
  const { log, symbol, bits, base } = table;
  const stream = new BackwardBits(bytes, from, end);
  if (stream.left < 0) throw new ZstdFault('a table of literals without an end');
  let one = stream.read(log);
  let other = stream.read(log);
  const weights: number[] = [];
  while (weights.length < MAX_WEIGHTS) {
    weights.push(symbol[one] as number);
    const next = (base[one] as number) + stream.read(bits[one] as number);
    if (stream.left < 0) {
      weights.push(symbol[other] as number);
      return weights;
    }
    one = other;
    other = next;
  }
  throw new ZstdFault('a table of too many literals');
}

function buildHuffman(weights: readonly number[]): HuffmanTable {
  let sum = 0;
  for (const weight of weights) {
    if (weight > MAX_BITS) throw new ZstdFault('a code of a literal that is too long');
    if (weight > 0) sum += 1 << (weight - 1);
  }
  const log = 32 - Math.clz32(sum);
  const left = (1 << log) - sum;
  if (sum === 0 || log > MAX_BITS || (left & (left - 1)) !== 0 || weights.length > MAX_WEIGHTS) {
    throw new ZstdFault('codes of literals that do not fit together');
  }
  const all = [...weights, 32 - Math.clz32(left)];
  const symbol = new Uint8Array(1 << log);
  const bits = new Uint8Array(1 << log);
  let at = 0;
  for (let weight = 1; weight <= log; weight++) {
    for (const [literal, its] of all.entries()) {
      if (its !== weight) continue;
      const to = at + (1 << (weight - 1));
      symbol.fill(literal, at, to);
      bits.fill(log + 1 - weight, at, to);
      at = to;
    }
  }
  return { log, symbol, bits };
}

/** Reads one stream of literals, which must end with the last of them. */
export function readLiteralStream(
  { log, symbol, bits }: HuffmanTable,
  bytes: Uint8Array,
  start: number,
  end: number,
  literals: Uint8Array,
): void {
  const stream = new BackwardBits(bytes, start, end);
  for (let i = 0; i < literals.length; i++) {
    const code = stream.peek(log);
    literals[i] = symbol[code] as number;
    stream.drop(bits[code] as number);
  }
  if (stream.left !== 0) throw new ZstdFault('literals that do not end where they should');
}
