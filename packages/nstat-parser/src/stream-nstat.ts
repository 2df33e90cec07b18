import { type StreamOptions, streamRecords } from '@tuplescope/scan';
import type { NstatCounter } from './nstat-counter.ts';
import { parseBlock } from './parse-block.ts';
import { newContext } from './parse-context.ts';
import { startsRecord } from './starts-record.ts';

/**
 * Parses the kernel's counters as their text comes, in chunks of any size; the records are those of
 * `parseNstat` on the whole, and memory does not grow with the text.
 *
 * @example
 * for await (const { name, value } of streamNstat(createReadStream('nstat.txt'))) {
 *   if (name === 'TcpExtTCPChallengeACK') console.log(value);
 * }
 */
export function streamNstat(
  chunks: AsyncIterable<Uint8Array>,
  options: StreamOptions = {},
): AsyncIterable<NstatCounter> {
  const context = newContext();
  return streamRecords(
    chunks,
    { parse: (block, origin) => parseBlock(block, origin, context), startsRecord },
    options,
  );
}
