import { WHOLE_INPUT } from '@tuplescope/scan';
import { LogContext } from './log-context.ts';
import { parseBlock } from './parse-block.ts';

/** Judged from so much of the input. */
const HEAD_BYTES = 65_536;

/**
 * Says whether the first 64 KiB have a LOG line, with `IN=` and `OUT=`, or a message that conntrack
 * or TCP writes to the kernel log.
 *
 * @example
 * looksLikeNetfilterLog(new TextEncoder().encode('[12.3] nf_conntrack: table full, dropping packet'))
 * // true
 */
export function looksLikeNetfilterLog(input: Uint8Array): boolean {
  const head = input.subarray(0, HEAD_BYTES);
  const lastLine = input.length > HEAD_BYTES ? head.lastIndexOf(0x0a) + 1 : head.length;
  const table = parseBlock(
    head.subarray(0, lastLine || head.length),
    WHOLE_INPUT,
    new LogContext({}),
  );
  for (const { in: device, out, reason } of table) {
    // A line of a shell script may have SRC= and DST= too; it has no device and no reason.
    if (device !== null || out !== null || reason !== null) return true;
  }
  return false;
}
