import { BLANK, daySeconds, readDigits, skipBlanks } from '@tuplescope/scan';
import { type Cursor, takeNumber, takeText } from './cursor.ts';
import { ELAPSED, EPOCH, NO_STAMP, TIME_OF_DAY } from './packet-draft.ts';

/** What the beginning of a line says. */
export interface Stamp {
  /** Packet number of `-#`, or -1. */
  number: number;
  /** One of NO_STAMP, EPOCH, TIME_OF_DAY, ELAPSED. */
  clock: number;
  /** Seconds on that clock. */
  seconds: number;
}

/** Makes a stamp that says nothing. */
export function newStamp(): Stamp {
  return { number: -1, clock: NO_STAMP, seconds: 0 };
}

/**
 * Takes the packet number (`-#`) and the time stamp from the beginning of a line, in any of the
 * forms of tcpdump, and the blanks after it. False where there is neither.
 *
 *     23:26:08.049352             time of day, with microseconds or nanoseconds
 *     1795386266.474889           -tt
 *      00:00:00.351974            -ttt and -ttttt, marked by the blank before
 *     2026-11-22 22:24:26.474889  -tttt
 *     3. 000351                   -ttt before 4.0, without `3. ` below a second
 *         1  23:26:08.049352      -#
 */
export function takeStamp(cursor: Cursor, stamp: Stamp, utcOffsetHours: number): boolean {
  const lineStart = cursor.at;
  stamp.number = -1;
  stamp.clock = NO_STAMP;
  let start = skipBlanks(cursor.bytes, lineStart, cursor.end);
  let leads = start > lineStart;
  cursor.at = start;
  const number = takeNumber(cursor);
  if (isAddress(cursor, start)) {
    cursor.at = start;
    return false;
  }
  // tcpdump counts from 1: a 0 there is something else.
  if (number > 0 && isNumbered(cursor)) {
    stamp.number = number;
    // Two blanks follow the number; a third belongs to the stamp.
    const afterNumber = cursor.at + 2;
    start = skipBlanks(cursor.bytes, afterNumber, cursor.end);
    leads = start > afterNumber;
  }
  cursor.at = start;
  if (takeTime(cursor, stamp, leads, utcOffsetHours)) {
    cursor.at = skipBlanks(cursor.bytes, cursor.at, cursor.end);
    return true;
  }
  cursor.at = start;
  return stamp.number >= 0;
}

/** `172.29.73.7.44410 > …`, as the second line of -v begins: epoch seconds have more digits. */
function isAddress({ bytes, at }: Cursor, start: number): boolean {
  return bytes[at] === 0x2e && at - start < 4 && bytes[at + 1] !== BLANK;
}

/** Two blanks after the first number of a line: it is that of `-#`. */
function isNumbered({ bytes, at, end }: Cursor): boolean {
  return at + 2 < end && bytes[at] === BLANK && bytes[at + 1] === BLANK;
}

function takeTime(cursor: Cursor, stamp: Stamp, leads: boolean, utcOffsetHours: number): boolean {
  const { bytes } = cursor;
  const start = cursor.at;
  const negative = leads && bytes[start] === 0x2d;
  if (negative) cursor.at++;
  const first = takeNumber(cursor);
  if (first < 0) return false;
  const digits = cursor.at - start;
  switch (bytes[cursor.at]) {
    case 0x3a /* : */:
      {
        cursor.at = start + (negative ? 1 : 0);
        const seconds = takeClock(cursor, 0);
        if (seconds < 0) return false;
        stamp.clock = leads ? ELAPSED : TIME_OF_DAY;
        stamp.seconds = negative ? -seconds : seconds;
        return true;
      }
    case 0x2d /* - */:
      {
        const midnight = digits === 4 ? takeDate(cursor, first) : Number.NaN;
        if (Number.isNaN(midnight) || !takeText(cursor, ' ')) return false;
        const seconds = takeClock(cursor, midnight - utcOffsetHours * 3600);
        if (Number.isNaN(seconds) || seconds === -1) return false;
        stamp.clock = EPOCH;
        stamp.seconds = seconds;
        return true;
      }
    case 0x2e /* . */:
      if (bytes[cursor.at + 1] === BLANK) return takeOldDelta(cursor, stamp, first);
      return digits >= 6 && takeEpoch(cursor, stamp, first);
    case BLANK:
      // `000351 IP …`: microseconds alone. `IP` must follow, a number alone may be anything.
      if (digits !== 6 || bytes[cursor.at + 1] !== 0x49) return false;
      stamp.clock = ELAPSED;
      stamp.seconds = first / 1e6;
      return true;
    default:
      return false;
  }
}

function takeEpoch(cursor: Cursor, stamp: Stamp, seconds: number): boolean {
  const value = takeFraction(cursor, seconds);
  if (value < 0) return false;
  stamp.clock = EPOCH;
  stamp.seconds = value;
  return true;
}

function takeOldDelta(cursor: Cursor, stamp: Stamp, seconds: number): boolean {
  cursor.at += 2;
  const start = cursor.at;
  const micro = takeNumber(cursor);
  if (micro < 0 || cursor.at - start !== 6) return false;
  stamp.clock = ELAPSED;
  stamp.seconds = (seconds * 1e6 + micro) / 1e6;
  return true;
}

/** Takes `-11-22` after the year and gives that day's first second, or NaN where there is no such day. */
function takeDate(cursor: Cursor, year: number): number {
  if (!takeText(cursor, '-')) return Number.NaN;
  const month = takeNumber(cursor);
  if (!takeText(cursor, '-')) return Number.NaN;
  const day = takeNumber(cursor);
  return daySeconds(year, month, day);
}

/** Takes `hh:mm:ss.frac` and adds it to the seconds of the day's start; -1 where it is no time. */
function takeClock(cursor: Cursor, midnight: number): number {
  const hours = takeNumber(cursor);
  const { bytes, at, end } = cursor;
  if (hours < 0 || at + 6 > end || bytes[at] !== 0x3a || bytes[at + 3] !== 0x3a) return -1;
  const minutes = readDigits(bytes, at + 1, end, 2);
  const seconds = readDigits(bytes, at + 4, end, 2);
  // A leap second is 60.
  if (minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60) return -1;
  cursor.at = at + 6;
  return takeFraction(cursor, midnight + hours * 3600 + minutes * 60 + seconds);
}

const POWERS_OF_TEN = [1, 10, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/** Takes `.frac`, perhaps absent, and the end of the word; -1 where another byte stands there. */
function takeFraction(cursor: Cursor, seconds: number): number {
  let value = seconds;
  if (takeText(cursor, '.')) {
    const start = cursor.at;
    const fraction = takeNumber(cursor);
    const digits = cursor.at - start;
    if (fraction < 0 || digits > 9) return -1;
    // Up to microseconds both terms are whole, so one rounding gives the nearest double.
    const scale = POWERS_OF_TEN[digits] as number;
    value = digits <= 6 ? (seconds * scale + fraction) / scale : seconds + fraction / scale;
  }
  return cursor.at >= cursor.end || cursor.bytes[cursor.at] === BLANK ? value : -1;
}
