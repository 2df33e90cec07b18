import { readDigits, readMonth, skipBlanks, startsWithAt, wordEnd } from '@tuplescope/scan';
import { isWeekday, readTimeOfDay, setDate } from './calendar.ts';
import { decimalEnd, readDecimal } from './decimal.ts';
import type { LineStamp } from './line-stamp.ts';

/**
 * Reads `2023-02-04T16:46:40.123456+00:00`: RFC 3339, with `T` or a blank, a point or a comma, the
 * zone as `Z`, `+hh:mm`, `+hhmm`, `+hh` or absent. Gives the offset after it, or -1.
 *
 * @param mayNameZone a zone's name may follow, as in `journalctl -o short-full`; elsewhere the next
 * word may be a LOG prefix in capitals.
 */
export function readIsoStamp(
  bytes: Uint8Array,
  at: number,
  end: number,
  stamp: LineStamp,
  mayNameZone: boolean,
): number {
  if (at + 19 > end || bytes[at + 4] !== 0x2d || bytes[at + 7] !== 0x2d) return -1;
  const year = readDigits(bytes, at, end, 4);
  const month = readDigits(bytes, at + 5, end, 2);
  const day = readDigits(bytes, at + 8, end, 2);
  if (year < 0 || month < 0 || day < 0) return -1;
  if (bytes[at + 10] !== 0x54 && bytes[at + 10] !== 0x20) return -1;
  const timeEnd = readTimeOfDay(bytes, at + 11, end, stamp);
  if (timeEnd < 0) return -1;
  let zoneEnd = timeEnd;
  if (isZoneSign(bytes[timeEnd])) zoneEnd = wordEnd(bytes, timeEnd, end);
  else if (mayNameZone) zoneEnd = zoneNameEnd(bytes, timeEnd, end);
  const offset = readZone(bytes, timeEnd, zoneEnd, stamp);
  if (!Number.isNaN(offset)) setDate(stamp, year, month, day, offset);
  return zoneEnd;
}

/** Reads `1675529200.123456`, seconds since the epoch (`journalctl -o short-unix`), or gives -1. */
export function readEpochStamp(
  bytes: Uint8Array,
  at: number,
  end: number,
  stamp: LineStamp,
): number {
  const after = decimalEnd(bytes, at, end);
  // Ten digits and a fraction: from the year 2001 on, and no number that begins a message.
  if (bytes[at + 10] !== 0x2e || after - at < 12 || bytes[after] !== 0x20) return -1;
  stamp.at = readDecimal(bytes, at, after);
  return after;
}

/**
 * Reads `Feb 18 13:00:56` (RFC 3164 section 4.1.2), with a fraction as in
 * `journalctl -o short-precise` or without, or gives -1.
 */
export function readMonthStamp(
  bytes: Uint8Array,
  at: number,
  end: number,
  stamp: LineStamp,
): number {
  const month = readMonth(bytes, at, end);
  if (month === 0 || bytes[at + 3] !== 0x20) return -1;
  const dayAt = skipBlanks(bytes, at + 3, end);
  const dayEnd = wordEnd(bytes, dayAt, end);
  const day = readDigits(bytes, dayAt, dayEnd, dayEnd - dayAt);
  if (day < 1 || day > 31) return -1;
  const timeEnd = readTimeOfDay(bytes, skipBlanks(bytes, dayEnd, end), end, stamp);
  if (timeEnd < 0) return -1;
  const year = timeEnd + 5 <= end ? readDigits(bytes, timeEnd + 1, timeEnd + 5, 4) : -1;
  if (year > 0 && (timeEnd + 5 === end || bytes[timeEnd + 5] === 0x20)) {
    setDate(stamp, year, month, day, stamp.utcOffsetHours);
    return timeEnd + 5;
  }
  if (stamp.year > 0) setDate(stamp, stamp.year, month, day, stamp.utcOffsetHours);
  return timeEnd;
}

/** Gives the offset after `Sat ` where a date follows (`short-full`, ctime), or `at`. */
export function skipWeekday(bytes: Uint8Array, at: number, end: number): number {
  return isWeekday(bytes, at, end) ? skipBlanks(bytes, at + 4, end) : at;
}

function isZoneSign(byte: number | undefined): boolean {
  return byte === 0x5a || byte === 0x2b || byte === 0x2d;
}

/** ` UTC`, ` CET`: capitals, three to five, and then a blank. */
function zoneNameEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at + 1;
  while (i < end && (bytes[i] as number) >= 0x41 && (bytes[i] as number) <= 0x5a) i++;
  const isName = i - at >= 4 && i - at <= 6 && bytes[i] === 0x20;
  return isName && bytes[at] === 0x20 ? i : at;
}

/** Hours east of UTC; NaN for a name that does not say (CST is three zones). */
function readZone(bytes: Uint8Array, at: number, end: number, stamp: LineStamp): number {
  if (at === end) return stamp.utcOffsetHours;
  if (bytes[at] === 0x5a) return 0;
  if (bytes[at] === 0x20) {
    return startsWithAt(bytes, at, end, ' UTC') || startsWithAt(bytes, at, end, ' GMT')
      ? 0
      : Number.NaN;
  }
  const hours = readDigits(bytes, at + 1, end, 2);
  const minutesAt = bytes[at + 3] === 0x3a ? at + 4 : at + 3;
  const minutes = minutesAt >= end ? 0 : readDigits(bytes, minutesAt, end, 2);
  if (hours < 0 || minutes < 0) return Number.NaN;
  return (bytes[at] === 0x2d ? -1 : 1) * (hours + minutes / 60);
}
