import {
  type BlockParser,
  type StreamOptions,
  skipBlanks,
  streamRecords,
  trimEnd,
} from '@tuplescope/scan';
import { newContext, parseBlock } from './block-reader.ts';
import { readNetstatRow } from './netstat-row.ts';
import { readProcNetRow } from './proc-net-row.ts';
import { SocketColumns } from './socket-columns.ts';
import { SsRowReader } from './ss-row.ts';
import type { SsSocket } from './ss-socket.ts';

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
  const parser: BlockParser<SsSocket> = {
    parse: (block, origin) => parseBlock(block, origin, context),
    startsRecord,
  };
  return streamRecords(chunks, parser, options);
}

/** Says whether a line is a socket by itself: nothing above it can claim it. */
function startsRecord(bytes: Uint8Array, start: number, lineEnd: number): boolean {
  const at = skipBlanks(bytes, start, lineEnd);
  const carriage = bytes[lineEnd - 1] === 0x0d ? 1 : 0;
  const end = trimEnd(bytes, at, lineEnd - carriage);
  const scratch = new SocketColumns(1);
  return (
    new SsRowReader(scratch).read(bytes, at, end) ||
    readNetstatRow(bytes, at, end, scratch) ||
    readProcNetRow(bytes, at, end, scratch)
  );
}
