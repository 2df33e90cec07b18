import { LINE_FEED, WHOLE_INPUT } from '@tuplescope/scan';
import { parseBlock } from './parse-block.ts';

/** How much of an input is looked at. */
const HEAD = 1 << 16;

/**
 * Says whether an input is the output of `conntrack -L` or `-E` or /proc/net/nf_conntrack: its first
 * 64 KiB hold an entry, and no more lines that are none. Prompts, comments and `watch` headers count
 * for neither.
 *
 * @example
 * looksLikeConntrack(toBytes('cpu=0 found=0 invalid=5\n')) // false
 */
export function looksLikeConntrack(input: Uint8Array): boolean {
  const head = input.subarray(0, HEAD);
  const lastLine = head.lastIndexOf(LINE_FEED) + 1;
  // A line that is cut says nothing.
  const whole = head.length < input.length && lastLine > 0 ? head.subarray(0, lastLine) : head;
  const { length, diagnostics } = parseBlock(whole, WHOLE_INPUT, {});
  const strangers = diagnostics.filter(({ severity }) => severity === 'error').length;
  return length > 0 && strangers <= length;
}
