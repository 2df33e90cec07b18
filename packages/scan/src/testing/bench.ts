/** The speed of a piece of work beside the floor of reading the same bytes. */
export interface Comparison {
  readonly name: string;
  readonly bytes: number;
  /** Wall seconds of the plain loop over the bytes, the best of five. */
  readonly floorSeconds: number;
  /** Wall seconds of the work, the best of five. */
  readonly seconds: number;
  /** The floor's time over the work's: 1 is as fast as reading the bytes. */
  readonly ofFloor: number;
}

/**
 * Times work on bytes against `let s = 0; for (…) s += bytes[i]` over the same bytes in the same
 * process: wall time, best of five after a warm-up, the two in turn so that both meet the same
 * machine.
 */
export function compareWithFloor(
  name: string,
  bytes: Uint8Array,
  work: (bytes: Uint8Array) => unknown,
): Comparison {
  let floorSeconds = Number.POSITIVE_INFINITY;
  let seconds = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 6; run++) {
    const floor = time(() => sum(bytes));
    const own = time(() => work(bytes));
    if (run === 0) continue;
    floorSeconds = Math.min(floorSeconds, floor);
    seconds = Math.min(seconds, own);
  }
  return { name, bytes: bytes.length, floorSeconds, seconds, ofFloor: floorSeconds / seconds };
}

/** Prints a comparison as a line, with the target where there is one. */
export function printComparison(comparison: Comparison, target?: number): void {
  const { name, bytes, floorSeconds, seconds, ofFloor } = comparison;
  const rate = (s: number): string => `${(bytes / 1e6 / s).toFixed(0)} MB/s`;
  const aim = target === undefined ? '' : ` (target ${target})`;
  console.log(
    `${name}: ${ofFloor.toFixed(2)} of the floor${aim}, ${rate(seconds)}; floor ${rate(floorSeconds)}`,
  );
}

/** Bytes of heap and array buffers that a table holds, by row, after a collection. */
export function bytesPerRow(parse: () => { readonly length: number }): number {
  const used = (): number => {
    globalThis.gc?.();
    globalThis.gc?.();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc to measure memory');
  const before = used();
  const table = parse();
  const after = used();
  return (after - before) / table.length;
}

function sum(bytes: Uint8Array): number {
  let s = 0;
  for (let i = 0; i < bytes.length; i++) s += bytes[i] as number;
  return s;
}

/** The last result of a timed piece of work: kept where all can see it, no engine may skip the work. */
export const kept: { result: unknown } = { result: null };

function time(work: () => unknown): number {
  const begin = performance.now();
  kept.result = work();
  const seconds = (performance.now() - begin) / 1000;
  kept.result = null;
  return seconds;
}
