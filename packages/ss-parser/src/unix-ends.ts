import { readUnsigned, skipBlanks, wordEnd } from '@tuplescope/scan';
import { PORT, type SocketColumns } from './socket-columns.ts';

/** A path has 107 bytes; `ss` prints each NUL of an abstract one as `@`. */
const LONGEST_PATH = 256;

/**
 * Reads both ends of a unix socket, `/run/user/1000/bus 25147  * 25148`, into a row and gives the
 * offset after them, or -1. A path can have blanks: it ends before the first number that a whole
 * peer follows.
 */
export function readUnixEnds(
  bytes: Uint8Array,
  start: number,
  end: number,
  row: number,
  sockets: SocketColumns,
): number {
  let pathStop = wordEnd(bytes, start, end);
  while (pathStop < end && pathStop - start <= LONGEST_PATH) {
    const at = skipBlanks(bytes, pathStop, end);
    const stop = wordEnd(bytes, at, end);
    const inode = readInode(bytes, at, stop);
    if (inode >= 0) {
      const peerAt = skipBlanks(bytes, stop, end);
      const next = readPeer(bytes, peerAt, end, row, sockets);
      if (next >= 0) {
        sockets.local.setText(row, sockets.texts.intern(bytes, start, pathStop));
        sockets.arrays.localPort[row] = inode;
        sockets.arrays.localKind[row] = PORT.number;
        return next;
      }
    }
    pathStop = stop;
  }
  return -1;
}

/** `* 25148`, or a path with or without blanks before the number. */
function readPeer(
  bytes: Uint8Array,
  start: number,
  end: number,
  row: number,
  sockets: SocketColumns,
): number {
  if (start >= end || !canBeginPath(bytes[start] as number)) return -1;
  let pathStop = wordEnd(bytes, start, end);
  while (pathStop < end && pathStop - start <= LONGEST_PATH) {
    const at = skipBlanks(bytes, pathStop, end);
    const stop = wordEnd(bytes, at, end);
    const inode = readInode(bytes, at, stop);
    if (inode >= 0 && isAtExtension(bytes, skipBlanks(bytes, stop, end), end)) {
      sockets.peer.setText(row, sockets.texts.intern(bytes, start, pathStop));
      sockets.arrays.peerPort[row] = inode;
      sockets.arrays.peerKind[row] = PORT.number;
      return stop;
    }
    // Only a path goes on after a blank; `*` and `?` are whole.
    if (pathStop === start + 1) return -1;
    pathStop = stop;
  }
  return -1;
}

function readInode(bytes: Uint8Array, start: number, stop: number): number {
  const inode = readUnsigned(bytes, start, stop);
  return inode <= 0xffffffff ? inode : -1;
}

/** `*`, `?` (the peer is not known), `/path`, `@abstract`. */
function canBeginPath(byte: number): boolean {
  return byte === 0x2a || byte === 0x3f || byte === 0x2f || byte === 0x40;
}

/** `users:(`, `proc_ctx=`, `peers:`, `skmem:(`, `ino:`, `<->`, `--->`; or nothing more. */
function isAtExtension(bytes: Uint8Array, at: number, end: number): boolean {
  if (at >= end) return true;
  const byte = bytes[at];
  if (byte === 0x3c || byte === 0x2d) return true;
  const stop = wordEnd(bytes, at, end);
  for (let i = at; i < stop; i++) if (bytes[i] === 0x3a || bytes[i] === 0x3d) return true;
  return false;
}
