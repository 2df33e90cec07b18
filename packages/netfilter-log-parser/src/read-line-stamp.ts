import { isBlank, isDigit, skipBlanks, startsWithAt } from '@tuplescope/scan';
import { readBracketStamp, skipCaller } from './bracket-stamp.ts';
import { readEpochStamp, readIsoStamp, readMonthStamp, skipWeekday } from './calendar-stamp.ts';
import { afterBlank, readHost, readStructuredHost } from './host-tag.ts';
import type { LineStamp } from './line-stamp.ts';
import { readPriority } from './priority.ts';

const OPEN = 0x5b;

/**
 * Reads all that dmesg, journald and syslog put before a kernel message, in any of their styles,
 * into `stamp`, and gives the offset of the message's first byte:
 *
 *     [priority] [clock [host] kernel:] [[bracket]] [host kernel:] message
 */
export function readLineStamp(
  bytes: Uint8Array,
  start: number,
  end: number,
  stamp: LineStamp,
): number {
  stamp.clear();
  const first = skipBlanks(bytes, start, end);
  const afterPriority = readPriority(bytes, first, end, stamp);
  // Version 1 of RFC 5424: `<4>1 2023-02-04T16:46:40Z host kernel - - - message`.
  const isStructured =
    afterPriority > first && startsWithAt(bytes, afterPriority, end, '1 ') && stamp.level >= 0;
  const clockStart = isStructured ? afterPriority + 2 : afterPriority;
  const clockEnd = readClock(bytes, clockStart, end, stamp);
  let at = clockStart;
  if (clockEnd > clockStart) {
    at = afterBlank(bytes, clockEnd, end);
    if (isStructured) at = readStructuredHost(bytes, at, end, stamp);
    else at = readHost(bytes, at, end, stamp, isSyslog(bytes, clockStart));
  }
  const afterBracket = readBrackets(bytes, at, end, stamp);
  if (clockEnd > clockStart) return afterBracket;
  return readHost(bytes, afterBracket, end, stamp, false);
}

/** A clock time that stands without brackets; -1 where there is none. */
function readClock(bytes: Uint8Array, start: number, end: number, stamp: LineStamp): number {
  // Most logs are dmesg's, whose stamp is in brackets.
  if (bytes[start] === OPEN) return -1;
  if (isDigit(bytes[start])) {
    const after = readIsoStamp(bytes, start, end, stamp, false);
    return after > 0 ? after : readEpochStamp(bytes, start, end, stamp);
  }
  const at = skipWeekday(bytes, start, end);
  if (at > start && isDigit(bytes[at])) return readIsoStamp(bytes, at, end, stamp, true);
  return readMonthStamp(bytes, at, end, stamp);
}

/** `Feb 18 13:00:56 `: traditional syslog, which has a month name and no weekday. */
function isSyslog(bytes: Uint8Array, start: number): boolean {
  return !isDigit(bytes[start]) && isBlank(bytes[start + 3]) && isDayNumber(bytes, start + 4);
}

function isDayNumber(bytes: Uint8Array, at: number): boolean {
  return isDigit(bytes[at]) || (isBlank(bytes[at]) && isDigit(bytes[at + 1]));
}

/** `[  874.407272] `, perhaps with `[    C0] ` behind it. */
function readBrackets(bytes: Uint8Array, start: number, end: number, stamp: LineStamp): number {
  if (bytes[start] !== OPEN) return start;
  const after = readBracketStamp(bytes, start, end, stamp);
  if (after < 0) return start;
  const callerStart = afterBlank(bytes, after, end);
  const callerEnd = skipCaller(bytes, callerStart, end);
  return callerEnd > callerStart ? afterBlank(bytes, callerEnd, end) : callerStart;
}
