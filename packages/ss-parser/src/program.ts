import { readUnsigned } from '@tuplescope/scan';
import { HAS, type SocketColumns } from './socket-columns.ts';

/**
 * Reads netstat's `29184/python3` that fills the bytes into a row (a name can have blanks,
 * `812/sshd: root@pts`) and gives the bits of {@link HAS} found: none for `-`.
 */
export function readProgram(
  bytes: Uint8Array,
  start: number,
  end: number,
  row: number,
  sockets: SocketColumns,
): number {
  let slash = start;
  while (slash < end && bytes[slash] !== 0x2f) slash++;
  const pid = readUnsigned(bytes, start, slash);
  if (slash >= end || pid < 0 || pid > 0xffffffff) return 0;
  sockets.arrays.pid[row] = pid;
  sockets.arrays.processName[row] = sockets.texts.intern(bytes, slash + 1, end);
  return HAS.process;
}
