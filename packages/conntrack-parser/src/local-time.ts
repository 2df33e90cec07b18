const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const CTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})$/;

/**
 * Reads the time that C's `ctime` prints and gives seconds since the epoch, or NaN where the text is
 * none. The text names no zone: `utcOffsetHours` is what the capturing machine was ahead of UTC.
 *
 * @example
 * parseCtime('Sun Nov 22 22:24:27 2026', 0) // 1795386267
 */
export function parseCtime(text: string, utcOffsetHours: number): number {
  const parts = CTIME.exec(text);
  if (parts === null) return Number.NaN;
  const [, month = '', day, hour, minute, second, year] = parts;
  return secondsOf(
    [Number(year), MONTHS.indexOf(month) + 1, Number(day)],
    [Number(hour), Number(minute), Number(second)],
    utcOffsetHours,
  );
}

/** Gives seconds since the epoch of a local date (month from 1) and time, or NaN. */
export function secondsOf(
  [year, month, day]: readonly [number, number, number],
  [hour, minute, second]: readonly [number, number, number],
  utcOffsetHours: number,
): number {
  if (month < 1 || month > 12 || day < 1 || day > 31) return Number.NaN;
  if (hour > 23 || minute > 59 || second > 60) return Number.NaN;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - utcOffsetHours * 3600;
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
