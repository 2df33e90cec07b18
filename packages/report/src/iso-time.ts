/**
 * Writes a time as ISO 8601 in UTC, to the second, or as the number that it is where no date can be
 * made of it.
 *
 * @example
 * isoTime(1675529236.3) // '2023-02-04T16:47:16Z'
 */
export function isoTime(seconds: number): string {
  const date = new Date(Math.floor(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace('.000Z', 'Z');
}
