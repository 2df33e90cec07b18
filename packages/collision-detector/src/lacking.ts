import { type CaptureKind, capturesOf, type Incident } from '@tuplescope/incident';
import type { MissingEvidence } from './finding.ts';

/** Evidence that a family wants: whether it is there, what it tells, and the command that gets it. */
export type WantedEvidence = readonly [isThere: boolean, what: string, command: string];

/** Gives what of the wanted evidence is not there. */
export function lacking(wanted: readonly WantedEvidence[]): MissingEvidence[] {
  return wanted.flatMap(([isThere, what, command]) => (isThere ? [] : [{ what, command }]));
}

/** Says whether an incident has a capture of one of these kinds. */
export function hasKind({ captures }: Incident, ...kinds: readonly CaptureKind[]): boolean {
  return kinds.some((kind) => capturesOf(captures, kind).length > 0);
}
