import type { PacketSegment } from '@tuplescope/incident';

const DAY = 86_400;

/** Seconds on a capture's clock: since the epoch where it has a date, else since midnight, or null. */
export function timeOf({ at, timeOfDay }: PacketSegment): number | null {
  return at ?? timeOfDay ?? null;
}

/** Says whether a time is a date's, and not a mere time of day. */
export function isDated(time: number): boolean {
  return time >= DAY;
}

/**
 * Seconds from one time to another. Where one of them is a mere time of day, it is the shorter way round
 * the clock.
 *
 * @example
 * secondsBetween(1675529236.5, 60437) // 0.5, where the first is 16:47:16.5 on some day
 */
export function secondsBetween(earlier: number, later: number): number {
  if (isDated(earlier) === isDated(later)) return later - earlier;
  const seconds = (((later - earlier) % DAY) + DAY) % DAY;
  return seconds > DAY / 2 ? seconds - DAY : seconds;
}
