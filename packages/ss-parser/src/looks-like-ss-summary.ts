import { judgedHead } from '@tuplescope/scan';
import { parseSsSummary } from './parse-ss-summary.ts';

/**
 * Says whether the bytes are the output of `ss -s`, by their first 64 KiB.
 *
 * @example
 * looksLikeSsSummary(toBytes('Total: 7\nTCP:   2 (estab 1, closed 0, orphaned 0, timewait 0)')) // true
 */
export function looksLikeSsSummary(input: Uint8Array): boolean {
  return parseSsSummary(judgedHead(input)) !== null;
}
