const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Gives the month, 1 to 12, whose English short name stands at an offset, or 0 where none does.
 *
 * @example
 * readMonth(toBytes('Feb 18 13:00:56'), 0, 15) // 2
 */
export function readMonth(bytes: Uint8Array, at: number, end: number): number {
  if (at + 3 > end) return 0;
  for (let i = 0; i < MONTHS.length; i++) {
    const name = MONTHS[i] as string;
    if (
      name.charCodeAt(0) === bytes[at] &&
      name.charCodeAt(1) === bytes[at + 1] &&
      name.charCodeAt(2) === bytes[at + 2]
    ) {
      return i + 1;
    }
  }
  return 0;
}

/**
 * Gives the seconds since the epoch at which a day begins in UTC, or NaN where there is no such day
 * or it is before the epoch.
 *
 * @param month 1 to 12.
 * @example
 * daySeconds(2026, 11, 22) // 1795305600
 * daySeconds(2026, 2, 29) // NaN
 */
export function daySeconds(year: number, month: number, day: number): number {
  if (!(year >= 1970 && month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  const seconds = Date.UTC(year, month - 1, day) / 1000;
  // The 31st of February would be the 3rd of March.
  return seconds < Date.UTC(year, month, 1) / 1000 ? seconds : Number.NaN;
}

/**
 * Gives the seconds since midnight, or NaN where there is no such time. Second 60 is a leap second
 * (RFC 3339 section 5.6).
 *
 * @example
 * timeSeconds(22, 24, 27) // 80667
 */
export function timeSeconds(hour: number, minute: number, second: number): number {
  const isTime = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59;
  if (!isTime || !(second >= 0 && second <= 60)) return Number.NaN;
  return hour * 3600 + minute * 60 + second;
}
