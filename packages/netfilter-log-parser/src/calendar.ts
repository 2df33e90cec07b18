import { addSeconds, decimalEnd, readDecimal, readDigits } from './decimal.ts';
import type { LineStamp } from './line-stamp.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Gives the month, 1 to 12, whose English short name stands at an offset, or 0. */
export function readMonth(bytes: Uint8Array, at: number, end: number): number {
  return findName(MONTHS, bytes, at, end) + 1;
}

/** Says whether the English short name of a weekday and a blank stand at an offset. */
export function isWeekday(bytes: Uint8Array, at: number, end: number): boolean {
  return bytes[at + 3] === 0x20 && findName(WEEKDAYS, bytes, at, end) >= 0;
}

function findName(names: readonly string[], bytes: Uint8Array, at: number, end: number): number {
  if (at + 3 > end) return -1;
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    if (
      name.charCodeAt(0) === bytes[at] &&
      name.charCodeAt(1) === bytes[at + 1] &&
      name.charCodeAt(2) === bytes[at + 2]
    ) {
      return i;
    }
  }
  return -1;
}

/**
 * Reads `16:46:40`, with a fraction or without, into the stamp's time of day: gives the offset after
 * it, or -1 where it is no time. Second 60 is a leap second (RFC 3339 section 5.6).
 */
export function readTimeOfDay(
  bytes: Uint8Array,
  at: number,
  end: number,
  stamp: LineStamp,
): number {
  if (at + 8 > end || bytes[at + 2] !== 0x3a || bytes[at + 5] !== 0x3a) return -1;
  const hour = readDigits(bytes, at, end, 2);
  const minute = readDigits(bytes, at + 3, end, 2);
  const second = readDigits(bytes, at + 6, end, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return -1;
  const after = decimalEnd(bytes, at + 6, end);
  const seconds = after > at + 8 ? readDecimal(bytes, at + 6, after) : second;
  stamp.timeOfDay = addSeconds(hour * 3600 + minute * 60, seconds);
  return after;
}

/**
 * Sets the stamp's seconds since the epoch from a date and the time of day that was read; false
 * where there is no such day.
 *
 * @param utcOffsetHours hours east of UTC of the clock that showed it.
 */
export function setDate(
  stamp: LineStamp,
  year: number,
  month: number,
  day: number,
  utcOffsetHours: number,
): boolean {
  if (year < 1970 || month < 1 || month > 12 || day < 1) return false;
  const midnight = Date.UTC(year, month - 1, day) / 1000;
  if (midnight >= Date.UTC(year, month, 1) / 1000) return false;
  stamp.at = addSeconds(midnight - utcOffsetHours * 3600, stamp.timeOfDay);
  return true;
}
