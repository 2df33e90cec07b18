import { type StreamOptions, streamRecords } from '@tuplescope/scan';
import type { NetfilterLogOptions } from './netfilter-log-options.ts';
import type { NetfilterLogRecord } from './netfilter-log-record.ts';
import { parseBlock } from './parse-block.ts';
import { newContext } from './parse-context.ts';
import { startsRecord } from './starts-record.ts';

/**
 * Parses a kernel log as it comes, in chunks of any size, and gives the records of the whole input
 * one by one; memory does not grow with it.
 *
 * @example
 * for await (const record of streamNetfilterLog(process.stdin)) console.log(record.reason);
 */
export function streamNetfilterLog(
  chunks: AsyncIterable<Uint8Array>,
  options: StreamOptions & NetfilterLogOptions = {},
): AsyncIterable<NetfilterLogRecord> {
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
