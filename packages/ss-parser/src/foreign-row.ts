import { isDigit } from '@tuplescope/scan';
import { readNetstatRow } from './netstat-row.ts';
import { readProcNetRow } from './proc-net-row.ts';
import type { SocketColumns } from './socket-columns.ts';

/** Reads a line of netstat or of the kernel's own listing into the row after the last, true when it is one. */
export function readForeignRow(
  bytes: Uint8Array,
  start: number,
  end: number,
  sockets: SocketColumns,
): boolean {
  // The kernel numbers its lines.
  return isDigit(bytes[start])
    ? readProcNetRow(bytes, start, end, sockets)
    : readNetstatRow(bytes, start, end, sockets);
}
