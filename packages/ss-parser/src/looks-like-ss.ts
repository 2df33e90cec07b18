import { LINE_FEED, WHOLE_INPUT } from '@tuplescope/scan';
import { newContext, parseBlock } from './block-reader.ts';

const JUDGED_BYTES = 1 << 16;

/**
 * Says whether the bytes are a socket listing (`ss`, netstat, /proc/net/tcp), by their first 64 KiB:
 * the sockets outnumber the lines that are none. A header with no socket below it is a listing too.
 *
 * @example
 * looksLikeSs(toBytes('LISTEN 0 128 0.0.0.0:22 0.0.0.0:*')) // true
 */
export function looksLikeSs(input: Uint8Array): boolean {
  let head = input.subarray(0, JUDGED_BYTES);
  if (head.length < input.length) {
    head = head.subarray(0, head.lastIndexOf(LINE_FEED) + 1);
  }
  const context = newContext();
  const table = parseBlock(head, WHOLE_INPUT, context);
  const errors = table.diagnostics.filter(({ severity }) => severity === 'error').length;
  return table.length > errors || (errors === 0 && context.hasHeader);
}
