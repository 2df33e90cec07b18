import { countErrors, judgedHead, WHOLE_INPUT } from '@tuplescope/scan';
import { parseBlock } from './parse-block.ts';
import { newContext } from './parse-context.ts';

/**
 * Says whether the bytes are a socket listing (`ss`, netstat, /proc/net/tcp), by their first 64 KiB:
 * the sockets outnumber the lines that are none. A header with no socket below it is a listing too.
 *
 * @example
 * looksLikeSs(toBytes('LISTEN 0 128 0.0.0.0:22 0.0.0.0:*')) // true
 */
export function looksLikeSs(input: Uint8Array): boolean {
  const context = newContext();
  const { length, diagnostics } = parseBlock(judgedHead(input), WHOLE_INPUT, context);
  const errors = countErrors(diagnostics);
  return length > errors || (errors === 0 && context.hasHeader);
}
