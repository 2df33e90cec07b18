import { toBytes, WHOLE_INPUT } from '@tuplescope/scan';
import { parseBlock } from './parse-block.ts';
import { newContext } from './parse-context.ts';
import type { SsTable } from './ss-table.ts';

/**
 * Parses a socket listing: any form of `ss` (every set of columns and options, one line a socket or
 * several, wrapped or not), Linux `netstat -tanpo` and its like, /proc/net/tcp and tcp6.
 *
 * Never throws on text. A line that is not understood is passed over with an `error` in
 * `diagnostics`; prompts, comments, rows that a person commented out or annotated are `hint`s. The
 * table keeps the bytes and decodes the long extensions from them: do not change them.
 *
 * @example
 * const table = parseSs('tcp FIN-WAIT-2 0 0 127.0.0.1:15001 172.29.73.7:44410 ino:392 sk:10 <--');
 * table.at(0).shutdown // '<--'
 */
export function parseSs(input: string | Uint8Array): SsTable {
  return parseBlock(toBytes(input), WHOLE_INPUT, newContext());
}
