import { type StreamOptions, streamRecords } from '@tuplescope/scan';
import { newRun, otherPacketsHint, type TcpdumpOptions } from './capture-run.ts';
import { startsRecord } from './packet-start.ts';
import { parseBlock } from './parse-block.ts';
import type { TcpdumpSegment } from './tcpdump-segment.ts';

/**
 * Parses tcpdump text as it comes, in bounded memory: the records and diagnostics are those of
 * `parseTcpdump` on the whole text. Of connections, what their numbers count from is remembered of
 * the last 32,768 to 65,536; a warning says when one had to be forgotten.
 *
 * @example
 * for await (const segment of streamTcpdump(process.stdin)) console.log(segment.flags);
 */
export async function* streamTcpdump(
  chunks: AsyncIterable<Uint8Array>,
  options: StreamOptions & TcpdumpOptions = {},
): AsyncGenerator<TcpdumpSegment, void, undefined> {
  const run = newRun(options);
  const parser = {
    parse: (block: Uint8Array, origin: { line: number; offset: number }) =>
      parseBlock(block, origin, run),
    startsRecord,
  };
  yield* streamRecords(chunks, parser, options);
  const hint = otherPacketsHint(run);
  if (hint !== null) options.onDiagnostic?.(hint);
}
