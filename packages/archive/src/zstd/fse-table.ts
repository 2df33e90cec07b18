import { ZstdFault } from './zstd-fault.ts';

/** What each state of a finite state entropy decoder gives, and how it goes on (RFC 8878, 4.1). */
export interface FseTable {
  /** log2 of the number of states. */
  readonly log: number;
  readonly symbol: Uint8Array;
  /** Bits to read for the next state. */
  readonly bits: Uint8Array;
  /** What those bits are added to. */
  readonly base: Uint16Array;
}

/** A table, and the offset after its description. */
export interface ReadFse {
  readonly table: FseTable;
  readonly end: number;
}

/** The table of one symbol that needs no bits. */
export function fseOfOne(symbol: number): FseTable {
  return {
    log: 0,
    symbol: Uint8Array.of(symbol),
    bits: new Uint8Array(1),
    base: new Uint16Array(1),
  };
}

/**
 * Reads the description of a table: the probability of each symbol, in bits that are fewer the less
 * probability is left (RFC 8878, 4.1.1).
 *
 * @param maxLog largest log2 of the states that is allowed here.
 * @param maxSymbol largest symbol that is allowed here.
 */
export function readFse(
  bytes: Uint8Array,
  start: number,
  end: number,
  maxLog: number,
  maxSymbol: number,
): ReadFse {
  let position = start * 8;
  const peek = (count: number): number => {
    const byte = position >>> 3;
    const at = (i: number): number => (byte + i < end ? (bytes[byte + i] as number) : 0);
    return ((at(0) | (at(1) << 8) | (at(2) << 16)) >>> (position & 7)) & ((1 << count) - 1);
  };
  const log = peek(4) + 5;
  position += 4;
  if (log > maxLog) throw new ZstdFault('a table of states that is too large');
  const weights: number[] = [];
  let left = (1 << log) + 1;
  let width = log + 1;
  while (left > 1) {
    if (weights.length > maxSymbol) throw new ZstdFault('a symbol that does not exist');
    const half = 1 << (width - 1);
    const spare = 2 * half - 1 - left;
    let value = peek(width);
    if ((value & (half - 1)) < spare) {
      value &= half - 1;
      position += width - 1;
    } else {
      if (value >= half) value -= spare;
      position += width;
    }
    const weight = value - 1;
    weights.push(weight);
    left -= Math.abs(weight);
    if (weight === 0) {
      for (let repeat = 3; repeat === 3; ) {
        repeat = peek(2);
        position += 2;
        for (let i = 0; i < repeat && weights.length <= maxSymbol; i++) weights.push(0);
        if (position > end * 8) throw new ZstdFault('a table of states that is cut');
      }
    }
    while (left > 0 && left < 1 << (width - 1)) width--;
  }
  if (left !== 1 || position > end * 8) throw new ZstdFault('a table of states that is wrong');
  return { table: buildFse(weights, log), end: (position + 7) >>> 3 };
}

/** Builds the table of symbols with these probabilities; -1 is less than one state's worth. */
export function buildFse(weights: readonly number[], log: number): FseTable {
  const size = 1 << log;
  const symbol = new Uint8Array(size);
  const next = new Uint16Array(weights.length);
  let high = size - 1;
  for (const [s, weight] of weights.entries()) {
    if (weight === -1) symbol[high--] = s;
    next[s] = Math.abs(weight);
  }
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  for (const [s, weight] of weights.entries()) {
    for (let i = 0; i < weight; i++) {
      symbol[at] = s;
      do at = (at + step) & (size - 1);
      while (at > high);
    }
  }
  const bits = new Uint8Array(size);
  const base = new Uint16Array(size);
  for (let state = 0; state < size; state++) {
    const s = symbol[state] as number;
    const count = next[s] as number;
    next[s] = count + 1;
    const width = log - (31 - Math.clz32(count));
    bits[state] = width;
    base[state] = (count << width) - size;
  }
  return { log, symbol, bits, base };
}
