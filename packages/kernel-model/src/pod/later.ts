/** Adds seconds to a time, in whole microseconds as captures have them. */
export function later(at: number, seconds: number): number {
  return Math.round((at + seconds) * 1e6) / 1e6;
}
