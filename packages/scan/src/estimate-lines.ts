import { LINE_FEED } from './bytes.ts';

/** How much of an input tells how long its lines are. */
const SAMPLE_BYTES = 1 << 16;

/**
 * Tells how many lines an input has, judged by its first 64 KiB and a little too many: a table makes
 * room for so many rows at first.
 *
 * @example
 * estimateLines(toBytes('tcp\nudp\n')) // 4
 */
export function estimateLines(bytes: Uint8Array): number {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let lines = 1;
  for (let at = sample.indexOf(LINE_FEED); at >= 0; at = sample.indexOf(LINE_FEED, at + 1)) lines++;
  return Math.ceil((lines * bytes.length * 1.02) / Math.max(1, sample.length));
}
