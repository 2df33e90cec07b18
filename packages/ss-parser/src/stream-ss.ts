import { type StreamOptions, streamRecords } from '@tuplescope/scan';
import { parseBlock } from './parse-block.ts';
import { newContext } from './parse-context.ts';
import type { SsSocket } from './ss-socket.ts';
import { startsRecord } from './starts-record.ts';

/**
 * Parses a socket listing as it comes, chunk by chunk, and gives the sockets that `parseSs` gives;
 * memory does not grow with the input.
 *
 * @example
 * for await (const socket of streamSs(createReadStream('ss.txt'))) count++;
 */
export function streamSs(
  chunks: AsyncIterable<Uint8Array>,
  options: StreamOptions = {},
): AsyncIterable<SsSocket> {
  const context = newContext();
  return streamRecords(
    chunks,
    { parse: (block, origin) => parseBlock(block, origin, context), startsRecord },
    options,
  );
}
