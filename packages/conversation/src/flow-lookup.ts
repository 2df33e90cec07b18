/** Drawn anew by each process: ports made to collide under one multiplier do not under another. */
const MULTIPLIER = (Math.floor(Math.random() * 0x8000_0000) << 1) | 1;

/** The columns of endpoints. */
export interface Endpoints {
  readonly src: Uint32Array;
  readonly dst: Uint32Array;
  readonly sport: Uint16Array;
  readonly dport: Uint16Array;
}

/** Gives the flow in the first slot of each row: mostly the row's own. */
export function lookUp(
  slots: Uint32Array,
  shift: number,
  { src, dst, sport, dport }: Endpoints,
  from: number,
  to: number,
  sides: Uint32Array,
): void {
  for (let row = from; row < to; row++) {
    const value = hash(
      src[row] as number,
      sport[row] as number,
      dst[row] as number,
      dport[row] as number,
    );
    sides[row] = slots[value >>> shift] as number;
  }
}

/** Reads a word of each row's flow. */
export function touch(words: Uint32Array, from: number, to: number, sides: Uint32Array): number {
  let touched = 0;
  for (let row = from; row < to; row++) {
    touched ^= words[(sides[row] as number) << 4] as number;
  }
  return touched;
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
  return Math.imul((mix(src, sport) + mix(dst, dport)) | 0, MULTIPLIER);
}

export function mix(address: number, port: number): number {
  const value = Math.imul(address ^ Math.imul(port, 0x85eb_ca6b), MULTIPLIER);
  return value ^ (value >>> 15);
}
