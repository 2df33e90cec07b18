import { type StreamOptions, streamRecords } from '@tuplescope/scan';
import type { ConntrackEntry } from './conntrack-entry.ts';
import type { ConntrackOptions } from './conntrack-options.ts';
import { parseBlock } from './parse-block.ts';
import { startsRecord } from './starts-record.ts';

/**
 * Reads entries from chunks as they come, one by one, in memory that does not grow with the input;
 * the records are those of {@link parseConntrack}.
 *
 * @param chunks bytes, cut anywhere.
 * @example
 * for await (const entry of streamConntrack(createReadStream('conntrack.txt'))) {
 *   if (entry.state === 'SYN_SENT') console.log(entry.orig.sport);
 * }
 */
export function streamConntrack(
  chunks: AsyncIterable<Uint8Array>,
  options: StreamOptions & ConntrackOptions = {},
): AsyncIterable<ConntrackEntry> {
  const parse = (block: Uint8Array, origin: Parameters<typeof parseBlock>[1]) =>
    parseBlock(block, origin, options);
  return streamRecords(chunks, { parse, startsRecord }, options);
}
