import { type StreamOptions, streamRecords } from '@tuplescope/scan';
import { parseBlock } from './parse-block.ts';
import { newContext } from './parse-context.ts';
import { startsRecord } from './starts-record.ts';
import type { TcpdumpOptions } from './tcpdump-options.ts';
import type { TcpdumpSegment } from './tcpdump-segment.ts';

/**
 * Parses tcpdump text as it comes, in bounded memory: the records and diagnostics are those of
 * `parseTcpdump` on the whole text. Of connections, what their numbers count from is remembered of
 * the last 32,768 to 65,536; a warning says when one had to be forgotten.
 *
 * @example
 * for await (const segment of streamTcpdump(process.stdin)) console.log(segment.flags);
 */
export function streamTcpdump(
  chunks: AsyncIterable<Uint8Array>,
  options: StreamOptions & TcpdumpOptions = {},
): AsyncIterable<TcpdumpSegment> {
  const context = newContext(options);
  return streamRecords(
    chunks,
    {
      parse: (block, origin) => parseBlock(block, origin, context),
      startsRecord,
      closing: () => context.others.hint(),
    },
    options,
  );
}
