import { countErrors, judgedHead, WHOLE_INPUT } from '@tuplescope/scan';
import { parseBlock } from './parse-block.ts';

/**
 * Says whether an input is the output of `conntrack -L` or `-E` or /proc/net/nf_conntrack: its first
 * 64 KiB hold an entry, and no more lines that are none. Prompts, comments and `watch` headers count
 * for neither.
 *
 * @example
 * looksLikeConntrack(toBytes('cpu=0 found=0 invalid=5\n')) // false
 */
export function looksLikeConntrack(input: Uint8Array): boolean {
  const { length, diagnostics } = parseBlock(judgedHead(input), WHOLE_INPUT, {});
  return length > 0 && countErrors(diagnostics) <= length;
}
