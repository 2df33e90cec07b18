import { type StreamOptions, streamRecords } from '@tuplescope/scan';
import { isContinuation } from './continuation.ts';
import { LogContext } from './log-context.ts';
import type { NetfilterLogOptions } from './netfilter-log-options.ts';
import type { NetfilterLogRecord } from './netfilter-log-record.ts';
import { parseBlock } from './parse-block.ts';

/**
 * Parses a kernel log as it comes, in chunks of any size, and gives the records of the whole input
 * one by one; memory does not grow with it.
 *
 * @example
 * for await (const record of streamNetfilterLog(process.stdin)) console.log(record.reason);
 */
export async function* streamNetfilterLog(
  chunks: AsyncIterable<Uint8Array>,
  options: StreamOptions & NetfilterLogOptions = {},
): AsyncGenerator<NetfilterLogRecord, void, undefined> {
  const context = new LogContext(options);
  yield* streamRecords(
    chunks,
    {
      parse: (block, origin) => parseBlock(block, origin, context),
      startsRecord: (bytes, start, end) => !isContinuation(bytes, start, end),
    },
    options,
  );
  const passedOver = context.passedOver();
  if (passedOver !== null) options.onDiagnostic?.(passedOver);
}
