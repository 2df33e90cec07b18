import { type StreamOptions, streamRecords } from '@tuplescope/scan';
import { emptyContext } from './block.ts';
import type { NstatCounter } from './nstat-counter.ts';
import { parseBlock, startsRecord } from './parse-block.ts';

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
  const context = emptyContext();
  const parser = {
    parse: (block: Uint8Array, origin: { line: number; offset: number }) =>
      parseBlock(block, origin, context),
    startsRecord,
  };
  return streamRecords(chunks, parser, options);
}
