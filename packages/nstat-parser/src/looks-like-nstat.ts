import { judgedHead, toBytes, WHOLE_INPUT } from '@tuplescope/scan';
import { isKernelCounter } from './counter-name.ts';
import { parseBlock } from './parse-block.ts';
import { newContext } from './parse-context.ts';

/**
 * Says whether an input is the kernel's counters in one of the forms that `parseNstat` reads,
 * judged from its first 64 KiB: it has a counter by a name that the kernel has.
 *
 * @example
 * looksLikeNstat(new TextEncoder().encode('#kernel\nIpInReceives   14   0.0\n')) // true
 * looksLikeNstat(new TextEncoder().encode('Total: 180\nTCP:   45 (estab 2)\n')) // false
 */
export function looksLikeNstat(input: Uint8Array): boolean {
  for (const { name } of parseBlock(judgedHead(input), WHOLE_INPUT, newContext())) {
    const bytes = toBytes(name);
    if (isKernelCounter(bytes, 0, bytes.length)) return true;
  }
  return false;
}
