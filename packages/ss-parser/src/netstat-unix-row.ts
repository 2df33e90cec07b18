import { indexOfByte, readUnsigned, skipBlanks, toBytes, trimEnd, wordEnd } from '@tuplescope/scan';
import { netidNumber } from './netids.ts';
import { readProgram } from './program.ts';
import { HAS, PORT, type SocketColumns } from './socket-columns.ts';
import { FROM_NETSTAT, NETSTAT_STATES, stateNumber } from './states.ts';
import { NO_TIMER } from './timer.ts';
import { WordList } from './word-list.ts';

const UNCONN = stateNumber('UNCONN');
const TYPES = new WordList(['STREAM', 'DGRAM', 'SEQPACKET']);
const NETIDS_OF_TYPES = ['u_str', 'u_dgr', 'u_seq'].map(netidNumber);
const ANY = toBytes('*');

/**
 * Reads what follows `unix` in a line of netstat into the row after the last, true when it is one:
 * `2      [ ACC ]     STREAM     LISTENING     12345    812/sshd   /run/foo`. The type becomes the
 * Netid of `ss`; a socket that is not connected has no state, that is UNCONN.
 */
export function readNetstatUnixRow(
  bytes: Uint8Array,
  start: number,
  end: number,
  sockets: SocketColumns,
): boolean {
  const open = indexOfByte(bytes, 0x5b, start, end);
  const close = open < 0 ? -1 : indexOfByte(bytes, 0x5d, open, end);
  const count = skipBlanks(bytes, start, end);
  if (close < 0 || readUnsigned(bytes, count, wordEnd(bytes, count, end)) < 0) return false;
  let at = skipBlanks(bytes, close + 1, end);
  let stop = wordEnd(bytes, at, end);
  const type = TYPES.indexOf(bytes, at, stop);
  at = skipBlanks(bytes, stop, end);
  stop = wordEnd(bytes, at, end);
  const state = NETSTAT_STATES.indexOf(bytes, at, stop);
  if (state >= 0) {
    at = skipBlanks(bytes, stop, end);
    stop = wordEnd(bytes, at, end);
  }
  const inode = readUnsigned(bytes, at, stop);
  if (type < 0 || inode < 0 || inode > 0xffffffff) return false;
  const row = sockets.reserve();
  const { arrays, texts } = sockets;
  at = skipBlanks(bytes, stop, end);
  const path = pathStart(bytes, at, end);
  const has = readProgram(bytes, at, trimEnd(bytes, at, path), row, sockets);
  const any = texts.intern(ANY, 0, 1);
  sockets.local.setText(row, path < end ? texts.intern(bytes, path, end) : any);
  sockets.peer.setText(row, any);
  arrays.localPort[row] = inode;
  arrays.localKind[row] = PORT.number;
  arrays.peerKind[row] = PORT.none;
  arrays.netid[row] = NETIDS_OF_TYPES[type] as number;
  arrays.state[row] = state < 0 ? UNCONN : (FROM_NETSTAT[state] as number);
  arrays.timer[row] = NO_TIMER;
  arrays.shutdown[row] = 0;
  arrays.extensions[row] = end;
  arrays.has[row] = has | HAS.foreign | HAS.unixEnds;
  return true;
}

/** A path begins with / or, where it is abstract, with @; a program's name has neither after a blank. */
function pathStart(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const isFirst = at === start || bytes[at - 1] === 0x20;
    if (isFirst && (bytes[at] === 0x2f || bytes[at] === 0x40)) return at;
  }
  return end;
}
