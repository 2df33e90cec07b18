import { countErrors, judgedHead, WHOLE_INPUT } from '@tuplescope/scan';
import { parseBlock } from './parse-block.ts';
import { newContext } from './parse-context.ts';

/**
 * Says whether an input is text that `tcpdump` printed: whether the lines in its first 64 KiB hold a
 * TCP segment, and not more lines that are none of tcpdump's than segments.
 *
 * @example
 * looksLikeTcpdump(toBytes('tcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:4000')) // false
 */
export function looksLikeTcpdump(input: Uint8Array): boolean {
  const { length, diagnostics } = parseBlock(judgedHead(input), WHOLE_INPUT, newContext());
  return length > 0 && countErrors(diagnostics) <= length;
}
