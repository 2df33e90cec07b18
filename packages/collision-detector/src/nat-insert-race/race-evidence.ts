import { courseEvidence } from '../course-evidence.ts';
import type { Evidence } from '../finding.ts';
import type { Race } from './nat-insert-race.ts';

/** So many lost SYNs tell no more than the first few. */
const ENOUGH = 6;

/** Points at the counters, at the SYNs that were lost, and at what translates. */
export function raceEvidence({ failed, resolved, lost, sourceNat }: Race): Evidence[] {
  return [
    ...courseEvidence(failed, 'insert_failed', 'packets whose entry could not be inserted'),
    ...courseEvidence(resolved, 'clash_resolve', 'clashes in which the kernel gave way'),
    ...lost.slice(0, ENOUGH).flatMap(({ evidence }) => evidence),
    ...sourceNat.slice(0, ENOUGH).map(({ place, rule }) => ({
      ...place,
      packet: null,
      says:
        rule === null
          ? 'The source of this connection is translated.'
          : 'This rule gives connections another source, and chooses their port.',
    })),
  ];
}
