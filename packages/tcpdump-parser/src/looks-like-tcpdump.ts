import { LINE_FEED, WHOLE_INPUT } from '@tuplescope/scan';
import { newRun } from './capture-run.ts';
import { parseBlock } from './parse-block.ts';

/** Bytes that are looked at. */
const HEAD = 64 << 10;

/**
 * Says whether an input is text that `tcpdump` printed: whether the lines in its first 64 KiB hold a
 * TCP segment, and not more lines that are none of tcpdump's than segments.
 *
 * @example
 * looksLikeTcpdump(toBytes('tcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:4000')) // false
 */
export function looksLikeTcpdump(input: Uint8Array): boolean {
  let head = input;
  if (input.length > HEAD) {
    const lastLine = input.subarray(0, HEAD).lastIndexOf(LINE_FEED) + 1;
    head = input.subarray(0, lastLine === 0 ? HEAD : lastLine);
  }
  const { length, diagnostics } = parseBlock(head, WHOLE_INPUT, newRun());
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return length > 0 && errors.length <= length;
}
