/** Drawn anew by each process: ports made to collide under one multiplier do not under another. */
const MULTIPLIER = (Math.floor(Math.random() * 0x8000_0000) << 1) | 1;

/** The columns of endpoints. */
export interface Endpoints {
  readonly src: Uint32Array;
  readonly dst: Uint32Array;
  readonly sport: Uint16Array;
  readonly dport: Uint16Array;
}

/** Gives the hash of each row's endpoints. */
export function hashRows(
  { src, dst, sport, dport }: Endpoints,
  from: number,
  to: number,
  hashes: Uint32Array,
): void {
  for (let row = from; row < to; row++) {
    hashes[row] = hash(
      src[row] as number,
      sport[row] as number,
      dst[row] as number,
      dport[row] as number,
    );
  }
}

/**
 * Reads `words[places[row] >>> shift]` of each row, so that it is in the cache then. Eight rows a
 * turn: the fewer instructions stand between two reads, the more a processor waits for at once.
 */
export function touch(
  words: Uint32Array,
  places: Uint32Array,
  shift: number,
  from: number,
  to: number,
): number {
  let touched = 0;
  let row = from;
  for (; row + 8 <= to; row += 8) {
    touched ^=
      (words[(places[row] as number) >>> shift] as number) ^
      (words[(places[row + 1] as number) >>> shift] as number) ^
      (words[(places[row + 2] as number) >>> shift] as number) ^
      (words[(places[row + 3] as number) >>> shift] as number) ^
      (words[(places[row + 4] as number) >>> shift] as number) ^
      (words[(places[row + 5] as number) >>> shift] as number) ^
      (words[(places[row + 6] as number) >>> shift] as number) ^
      (words[(places[row + 7] as number) >>> shift] as number);
  }
  for (; row < to; row++) touched ^= words[(places[row] as number) >>> shift] as number;
  return touched;
}

/** Replaces the hash of each row by the first word of the flow under its tag, of flow 0 without. */
export function probe(
  slots: Uint32Array,
  bits: number,
  from: number,
  to: number,
  sides: Uint32Array,
): void {
  const mask = slots.length - 1;
  for (let row = from; row < to; row++) {
    const value = sides[row] as number;
    let slot = firstSlot(value, bits);
    let entry = slots[slot] as number;
    let flow = entry ^ (value << bits);
    while (flow >>> bits !== 0) {
      if (entry === 0) {
        flow = 0;
        break;
      }
      slot = (slot + 1) & mask;
      entry = slots[slot] as number;
      flow = entry ^ (value << bits);
    }
    sides[row] = flow << 4;
  }
}

/** Where the search for a hash begins, in twice as many slots as there are flows of so many bits. */
export function firstSlot(value: number, bits: number): number {
  return value >>> (31 - bits);
}

/** 0 or 1: which end of a flow is the source; 2: these are not its ends. Without a branch. */
export function sideOf(
  words: Uint32Array,
  word: number,
  src: number,
  sport: number,
  dst: number,
  dport: number,
): number {
  const a = words[word] as number;
  const aPort = words[word + 1] as number;
  const b = words[word + 2] as number;
  const bPort = words[word + 3] as number;
  const ahead = (a ^ src) | (aPort ^ sport) | (b ^ dst) | (bPort ^ dport);
  const turned = (a ^ dst) | (aPort ^ dport) | (b ^ src) | (bPort ^ sport);
  const isAhead = (ahead | -ahead) >>> 31;
  return isAhead + (isAhead & ((turned | -turned) >>> 31));
}

/** The same for both directions of a flow. */
export function hash(src: number, sport: number, dst: number, dport: number): number {
  return Math.imul((mix(src, sport) + mix(dst, dport)) | 0, MULTIPLIER) >>> 0;
}

export function mix(address: number, port: number): number {
  const value = Math.imul(address ^ Math.imul(port, 0x85eb_ca6b), MULTIPLIER);
  return value ^ (value >>> 15);
}
