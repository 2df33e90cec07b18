const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/**
 * Writes a duration short enough for a margin.
 *
 * @example
 * secondsWords(17.4117) // '17.412 s'
 */
export function secondsWords(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  const most = Math.abs(seconds);
  if (most < 100) return `${seconds.toFixed(3)} s`;
  if (most < 2 * HOUR) return `${seconds.toFixed(1)} s`;
  if (most < 2 * DAY) return `${(seconds / HOUR).toFixed(2)} h`;
  return most < 100_000 * DAY ? `${(seconds / DAY).toFixed(1)} d` : '?';
}

/**
 * Writes a pause in round numbers.
 *
 * @example
 * pauseWords(15.4897) // '15 s'
 */
export function pauseWords(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 10 * MINUTE) return `${Math.round(seconds)} s`;
  if (seconds < 2 * HOUR) return `${Math.round(seconds / MINUTE)} min`;
  return secondsWords(seconds);
}
