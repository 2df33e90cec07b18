/** Seconds that a date can be made of: the year 9999 ends before. */
const MOST_SECONDS = 253_402_300_800;

/**
 * Writes the time of day in UTC to the microsecond, as tcpdump prints it, or the number that it is
 * where no date can be made of it.
 *
 * @example
 * timeOfDay(1795389985.461086) // '23:26:25.461086'
 */
export function timeOfDay(at: number): string {
  if (!(at >= 0 && at < MOST_SECONDS)) return String(at);
  const microseconds = Math.round(at * 1e6);
  const seconds = Math.floor(microseconds / 1e6);
  const time = new Date(seconds * 1000).toISOString().slice(11, 19);
  return `${time}.${String(microseconds - seconds * 1e6).padStart(6, '0')}`;
}
