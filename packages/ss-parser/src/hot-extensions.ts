import { asciiWord, isBlank, isDigit, startsWithAt, wordEnd } from '@tuplescope/scan';
import { HAS, type SocketColumns } from './socket-columns.ts';
import { readTimer, TimerDraft } from './timer.ts';
import { skipWideBlanks } from './wide-blanks.ts';

const QUOTE = 0x22;
const OPEN = 0x28;
const CLOSE = 0x29;
const COMMA = 0x2c;
const MINUS = 0x2d;
const LESS = 0x3c;
const GREATER = 0x3e;

/** Given instead of bits where something is malformed, cut or annotated: to be read the slow way. */
export const DOUBTFUL = -1;

const USERS = asciiWord('user');
const TIMER = asciiWord('time');
const UID = asciiWord('uid:');
const INODE = asciiWord('ino:');
const CGROUP = asciiWord('cgro');

const timer = new TimerDraft();

/**
 * Reads what is asked of many sockets (the first process, timer, uid, inode, cookie, shutdown) from
 * the text after the peer into the columns of a row, and passes over the rest, which is decoded
 * when a row is asked for. Gives the bits of {@link HAS} found, or {@link DOUBTFUL}.
 *
 * The words: `users:(("envoy",pid=96,fd=4)) timer:(on,1.684ms,2) uid:1337 ino:2024378629 sk:aa4e2
 * cgroup:/kubepods.slice/… <->`.
 */
export function readHotExtensions(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  row: number,
  sockets: SocketColumns,
  isUnix: boolean,
): number {
  const columns = sockets.arrays;
  let has = 0;
  let at = start;
  for (;;) {
    at = skipWideBlanks(bytes, view, at, end);
    if (at >= end) return has;
    const shutdown = shutdownAt(bytes, at, end);
    if (shutdown > 0) {
      columns.shutdown[row] = shutdown;
      at += 3;
      continue;
    }
    // Where the word that is read ends: 0 where it is not read here, -1 where it is malformed.
    let stop = 0;
    switch (at + 4 <= end ? view.getInt32(at, true) : 0) {
      case USERS:
        stop = readFirstProcess(bytes, at + 7, end, row, sockets);
        has |= HAS.process | HAS.fd;
        if (stop === MANY) {
          has |= HAS.manyProcesses;
          stop = endOfUsers(bytes, at + 7, end);
        }
        break;
      case TIMER:
        stop = startsWithAt(bytes, at + 4, end, 'r:(') ? readTimer(bytes, at + 7, end, timer) : -1;
        sockets.setTimer(row, timer);
        break;
      case UID:
        stop = readNumber(bytes, at + 4, end, columns.uid, row);
        has |= HAS.uid;
        break;
      case INODE:
        // A unix socket's `ino:` is that of its path in the file system.
        if (isUnix) break;
        stop = readNumber(bytes, at + 4, end, columns.inode, row);
        has |= HAS.inode;
        break;
      case CGROUP: {
        // Nothing else that is read here stands behind it; a path is long, and this is half the text.
        const last = shutdownAt(bytes, end - 3, end);
        if (last === 0 || !isBlank(bytes[end - 4])) break;
        columns.shutdown[row] = last;
        return has;
      }
      default:
        if (bytes[at] !== 0x73 || bytes[at + 1] !== 0x6b || bytes[at + 2] !== 0x3a) break;
        stop = readCookie(bytes, at + 3, end, columns.cookieHigh, columns.cookieLow, row);
        has |= HAS.cookie;
    }
    if (stop === 0) at = wordEnd(bytes, at, end);
    else if (stop < 0 || (stop < end && !isBlank(bytes[stop]))) return DOUBTFUL;
    else at = stop;
  }
}

/** Given where the list goes on after the first process. */
const MANY = -2;

/** Reads `("envoy",pid=96,fd=4))` and gives the offset after it, -1 or {@link MANY}. */
function readFirstProcess(
  bytes: Uint8Array,
  start: number,
  end: number,
  row: number,
  sockets: SocketColumns,
): number {
  if (!startsWithAt(bytes, start - 3, end, 's:(("')) return -1;
  let at = start + 2;
  while (at < end && bytes[at] !== QUOTE) at++;
  const columns = sockets.arrays;
  columns.processName[row] = sockets.texts.intern(bytes, start + 2, at);
  if (!startsWithAt(bytes, at, end, '",pid=')) return -1;
  at = readNumber(bytes, at + 6, end, columns.pid, row);
  if (at < 0 || !startsWithAt(bytes, at, end, ',fd=')) return -1;
  at = readNumber(bytes, at + 4, end, columns.fd, row);
  if (at < 0 || at + 1 >= end || bytes[at] !== CLOSE) return -1;
  if (bytes[at + 1] === CLOSE) return at + 2;
  return bytes[at + 1] === COMMA ? MANY : -1;
}

/** Passes over a list of processes with plain names: the offset after it, or -1. */
function endOfUsers(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (;;) {
    if (bytes[at] !== OPEN || bytes[at + 1] !== QUOTE) return -1;
    at += 2;
    while (at < end && bytes[at] !== QUOTE) at++;
    if (!startsWithAt(bytes, at, end, '",pid=')) return -1;
    at = digitsEnd(bytes, at + 6, end);
    if (!startsWithAt(bytes, at, end, ',fd=')) return -1;
    at = digitsEnd(bytes, at + 4, end);
    if (at + 1 >= end || bytes[at] !== CLOSE) return -1;
    if (bytes[at + 1] === CLOSE) return at + 2;
    if (bytes[at + 1] !== COMMA) return -1;
    at += 2;
  }
}

function digitsEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isDigit(bytes[at])) at++;
  return at;
}

/** Reads a decimal number of 32 bits into a column and gives the offset after it, or -1. */
function readNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  column: Uint32Array,
  row: number,
): number {
  let value = 0;
  let at = start;
  for (; at < end; at++) {
    const digit = (bytes[at] as number) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (at === start || at - start > 10 || value > 0xffffffff) return -1;
  column[row] = value;
  return at;
}

/** Reads the 64 bits of `sk:9531985d5d9dc9f8` in two halves; gives the offset after them, or -1. */
function readCookie(
  bytes: Uint8Array,
  start: number,
  end: number,
  highs: Uint32Array,
  lows: Uint32Array,
  row: number,
): number {
  let high = 0;
  let low = 0;
  let at = start;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    // ss prints %llx: lower case.
    const digit = byte <= 57 ? byte - 48 : byte >= 97 ? byte - 87 : -1;
    if (digit < 0 || digit > 15) break;
    high = (high << 4) | (low >>> 28);
    low = (low << 4) | digit;
  }
  if (at === start || at - start > 16) return -1;
  highs[row] = high;
  lows[row] = low;
  return at;
}

/** The number in SHUTDOWN of `<->`, `-->`, `<--` or `---`, 0 where none stands here. */
function shutdownAt(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at];
  if (first !== LESS && first !== MINUS) return 0;
  if (at + 3 > end || bytes[at + 1] !== MINUS) return 0;
  if (at + 3 < end && !isBlank(bytes[at + 3])) return 0;
  const last = bytes[at + 2];
  if (last === GREATER) return first === LESS ? 1 : 2;
  if (last !== MINUS) return 0;
  return first === LESS ? 3 : 4;
}
