import type { TcpdumpSegment } from '@tuplescope/incident';

/** Seconds on the capture's clock: since the epoch where it has a date, else since midnight. */
export function timeOfSegment({ at, timeOfDay }: TcpdumpSegment): number | null {
  return at ?? timeOfDay ?? null;
}

const DAY = 86_400;

/**
 * Seconds between two times of which either may be a mere time of day: then the shorter way round
 * the clock.
 */
export function secondsApart(a: number, b: number): number {
  if (a < DAY === b < DAY) return Math.abs(a - b);
  const apart = Math.abs((a - b) % DAY);
  return Math.min(apart, DAY - apart);
}
