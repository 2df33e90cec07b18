import type { Incident, Interception } from '@tuplescope/incident';

/** Gives the ports that intercept traffic of one direction. */
export function interceptionPorts(
  { interception }: Incident,
  direction: Interception['direction'],
): ReadonlySet<number> {
  const points = interception.filter((point) => point.direction === direction);
  return new Set(points.map(({ port }) => port));
}
