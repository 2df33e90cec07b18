import { LINE_FEED, toBytes, WHOLE_INPUT } from '@tuplescope/scan';
import { emptyContext } from './block.ts';
import { isKernelCounter } from './counter-name.ts';
import { parseBlock } from './parse-block.ts';

/** As much as is read to tell what a file is. */
const HEAD_BYTES = 64 << 10;

/**
 * Says whether an input is the kernel's counters in one of the forms that `parseNstat` reads,
 * judged from its first 64 KiB: it has a counter by a name that the kernel has.
 *
 * @example
 * looksLikeNstat(new TextEncoder().encode('#kernel\nIpInReceives   14   0.0\n')) // true
 * looksLikeNstat(new TextEncoder().encode('Total: 180\nTCP:   45 (estab 2)\n')) // false
 */
export function looksLikeNstat(input: Uint8Array): boolean {
  const isWhole = input.length <= HEAD_BYTES;
  const lastLine = isWhole ? input.length : input.lastIndexOf(LINE_FEED, HEAD_BYTES - 1) + 1;
  const head = input.subarray(0, lastLine === 0 ? HEAD_BYTES : lastLine);
  for (const { name } of parseBlock(head, WHOLE_INPUT, emptyContext())) {
    const bytes = toBytes(name);
    if (isKernelCounter(bytes, 0, bytes.length)) return true;
  }
  return false;
}
