/**
 * Writes a number of times as people say it.
 *
 * @example
 * howOften(2) // 'twice'
 */
export function howOften(times: number): string {
  if (times === 1) return 'once';
  return times === 2 ? 'twice' : `${times} times`;
}
