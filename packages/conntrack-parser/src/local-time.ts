import { daySeconds, decodeText, readMonth, timeSeconds } from '@tuplescope/scan';

const CTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})$/;

/**
 * Reads the time that C's `ctime` prints and gives seconds since the epoch, or NaN where the bytes
 * are none. They name no zone: `utcOffsetHours` is what the capturing machine was ahead of UTC.
 *
 * @example
 * readCtime(toBytes('Sun Nov 22 22:24:27 2026'), 0, 24, 0) // 1795386267
 */
export function readCtime(
  bytes: Uint8Array,
  start: number,
  end: number,
  utcOffsetHours: number,
): number {
  const parts = CTIME.exec(decodeText(bytes, start, end));
  if (parts === null) return Number.NaN;
  const [, day, hour, minute, second, year] = parts;
  const month = readMonth(bytes, start + 4, end);
  return localSeconds(
    [Number(year), month, Number(day)],
    [Number(hour), Number(minute), Number(second)],
    utcOffsetHours,
  );
}

/** Gives seconds since the epoch of a local date (month from 1) and time, or NaN. */
export function localSeconds(
  [year, month, day]: readonly [number, number, number],
  [hour, minute, second]: readonly [number, number, number],
  utcOffsetHours: number,
): number {
  return daySeconds(year, month, day) + timeSeconds(hour, minute, second) - utcOffsetHours * 3600;
}

/**
 * Gives the seconds of a `struct timeval` as the double that is nearest to them: both operands of
 * the division are exact, so it is rounded once.
 *
 * @example
 * eventTime(1795386267, 648337) // 1795386267.648337
 */
export function eventTime(seconds: number, microseconds: number): number {
  return (seconds * 1e6 + microseconds) / 1e6;
}
