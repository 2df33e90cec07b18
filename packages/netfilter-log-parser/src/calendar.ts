import { BLANK, daySeconds, readDigits, startsWithAt, timeSeconds } from '@tuplescope/scan';
import { addSeconds, decimalEnd, readDecimal } from './decimal.ts';
import type { LineStamp } from './line-stamp.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Says whether the English short name of a weekday and a blank stand at an offset. */
export function isWeekday(bytes: Uint8Array, at: number, end: number): boolean {
  return bytes[at + 3] === BLANK && WEEKDAYS.some((day) => startsWithAt(bytes, at, end, day));
}

/**
 * Reads `16:46:40`, with a fraction or without, into the stamp's time of day: gives the offset after
 * it, or -1 where it is no time.
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
  const seconds = timeSeconds(hour, minute, second);
  if (Number.isNaN(seconds)) return -1;
  const after = decimalEnd(bytes, at + 6, end);
  const precise = after > at + 8 ? readDecimal(bytes, at + 6, after) : second;
  stamp.timeOfDay = addSeconds(seconds - second, precise);
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
  const midnight = daySeconds(year, month, day);
  if (Number.isNaN(midnight)) return false;
  stamp.at = addSeconds(midnight - utcOffsetHours * 3600, stamp.timeOfDay);
  return true;
}
