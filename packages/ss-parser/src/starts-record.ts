import { skipBlanks, trimEnd } from '@tuplescope/scan';
import { readForeignRow } from './foreign-row.ts';
import { SocketColumns } from './socket-columns.ts';
import { SsRowReader } from './ss-row.ts';

/**
 * Says whether a line is a socket by itself, which nothing above it can claim: a stream is cut only
 * before such a line.
 */
export function startsRecord(bytes: Uint8Array, start: number, lineEnd: number): boolean {
  const at = skipBlanks(bytes, start, lineEnd);
  const end = trimEnd(bytes, at, lineEnd);
  const scratch = new SocketColumns(1);
  return new SsRowReader(scratch).read(bytes, at, end) || readForeignRow(bytes, at, end, scratch);
}
