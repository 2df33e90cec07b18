import {
  indexOfByte,
  isDigit,
  readDigits,
  readMonth,
  skipBlanks,
  timeSeconds,
  wordEnd,
} from '@tuplescope/scan';
import { isWeekday, readTimeOfDay, setDate } from './calendar.ts';
import { decimalEnd, readDecimal } from './decimal.ts';
import type { LineStamp } from './line-stamp.ts';

const OPEN = 0x5b;
const CLOSE = 0x5d;
const LESS = 0x3c;
/** `[Sat Feb  4 16:46:40 2023 <    0.000034>]` is the longest; other languages need some more. */
const LONGEST = 64;

/**
 * Reads a stamp in brackets as dmesg and journalctl print it: `[  874.407272]`,
 * `[Sat Feb  4 16:46:40 2023]` (`-T`), either with a delta behind it (`-d`), `[Feb18 13:00]` and
 * `[  +0.000034]` (`-e`). Gives the offset after the bracket, or -1 where the bracket is no stamp:
 * a LOG prefix may begin with one too (`[UFW BLOCK] `).
 */
export function readBracketStamp(
  bytes: Uint8Array,
  start: number,
  end: number,
  stamp: LineStamp,
): number {
  const close = indexOfByte(bytes, CLOSE, start, Math.min(end, start + LONGEST));
  if (close < 0) return -1;
  const at = skipBlanks(bytes, start + 1, close);
  if (isDigit(bytes[at])) {
    const after = decimalEnd(bytes, at, close);
    if (!isEndOrDelta(bytes, after, close)) return -1;
    stamp.uptime = readDecimal(bytes, at, after);
    return close + 1;
  }
  if (bytes[at] === 0x2b || bytes[at] === LESS) {
    return isDelta(bytes, at + 1, close) ? close + 1 : -1;
  }
  if (isMinuteStamp(bytes, at, close, stamp)) return close + 1;
  return readCalendarWords(bytes, at, close, stamp) ? close + 1 : -1;
}

/** Gives the offset after `[    C0]` or `[ T1234]` (CONFIG_PRINTK_CALLER), or `at`. */
export function skipCaller(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== OPEN) return at;
  const word = skipBlanks(bytes, at + 1, end);
  if (word >= end || (bytes[word] !== 0x43 && bytes[word] !== 0x54)) return at;
  let i = word + 1;
  while (i < end && isDigit(bytes[i])) i++;
  return i > word + 1 && bytes[i] === CLOSE ? i + 1 : at;
}

function isEndOrDelta(bytes: Uint8Array, at: number, end: number): boolean {
  const next = skipBlanks(bytes, at, end);
  return next === end || (bytes[next] === LESS && isDelta(bytes, next + 1, end));
}

/** `<    0.000034>` or `+0.000034`, after its first byte. */
function isDelta(bytes: Uint8Array, at: number, end: number): boolean {
  const number = skipBlanks(bytes, at, end);
  const after = decimalEnd(bytes, number, end);
  if (after === number) return false;
  const last = skipBlanks(bytes, after, end);
  return last === end || bytes[last] === 0x3e;
}

/** `Feb18 13:00`: a minute is no moment, so it only is passed over. */
function isMinuteStamp(bytes: Uint8Array, at: number, end: number, stamp: LineStamp): boolean {
  if (end - at !== 11 || readMonth(bytes, at, end) === 0 || bytes[at + 8] !== 0x3a) return false;
  const hour = readDigits(bytes, at + 6, end, 2);
  const minute = readDigits(bytes, at + 9, end, 2);
  if (Number.isNaN(timeSeconds(hour, minute, 0))) return false;
  stamp.timeOfDay = Number.NaN;
  return true;
}

/**
 * `Sat Feb  4 16:46:40 2023`, as ctime(3) writes it. dmesg takes the names from the locale: with
 * names that are not English the date stays unknown and the time of day is kept.
 */
function readCalendarWords(bytes: Uint8Array, at: number, end: number, stamp: LineStamp): boolean {
  const monthAt = skipBlanks(bytes, wordEnd(bytes, at, end), end);
  const dayAt = skipBlanks(bytes, wordEnd(bytes, monthAt, end), end);
  const dayEnd = wordEnd(bytes, dayAt, end);
  const day = readDigits(bytes, dayAt, dayEnd, dayEnd - dayAt);
  const timeAt = skipBlanks(bytes, dayEnd, end);
  const timeEnd = readTimeOfDay(bytes, timeAt, end, stamp);
  if (day < 1 || day > 31 || timeEnd < 0) return false;
  const yearAt = skipBlanks(bytes, timeEnd, end);
  const year = readDigits(bytes, yearAt, end, 4);
  if (year < 0 || !isEndOrDelta(bytes, yearAt + 4, end)) {
    stamp.timeOfDay = Number.NaN;
    return false;
  }
  const month = isWeekday(bytes, at, end) ? readMonth(bytes, monthAt, end) : 0;
  setDate(stamp, year, month, day, stamp.utcOffsetHours);
  return true;
}
