import type { CounterCourse } from './counter-course.ts';
import type { Evidence } from './finding.ts';

/**
 * Points at what a counter came to, where it is above 0.
 *
 * @param counts what it counts, as in `entries evicted to make room`.
 */
export function courseEvidence(
  course: CounterCourse | null,
  name: string,
  counts: string,
): Evidence[] {
  if (course === null || course.last.value === 0) return [];
  const { first, last, rise } = course;
  const says =
    rise > 0
      ? `${name} rose by ${rise} between two looks: ${counts}.`
      : `${name} is ${last.value}${first === last ? ', in a single look' : ''}: ${counts}.`;
  return [{ ...last.place, packet: null, says }];
}
