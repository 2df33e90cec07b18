import { judgedHead, WHOLE_INPUT } from '@tuplescope/scan';
import { parseBlock } from './parse-block.ts';
import { newContext } from './parse-context.ts';

/**
 * Says whether the first 64 KiB have a LOG line, with `IN=` and `OUT=`, or a message that conntrack
 * or TCP writes to the kernel log.
 *
 * @example
 * looksLikeNetfilterLog(new TextEncoder().encode('[12.3] nf_conntrack: table full, dropping packet'))
 * // true
 */
export function looksLikeNetfilterLog(input: Uint8Array): boolean {
  const table = parseBlock(judgedHead(input), WHOLE_INPUT, newContext());
  for (const { in: device, out, reason } of table) {
    // A line of a shell script may have SRC= and DST= too; it has no device and no reason.
    if (device !== null || out !== null || reason !== null) return true;
  }
  return false;
}
