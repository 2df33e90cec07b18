import type { Incident, Snapshot } from '@tuplescope/incident';
import type { StalePort } from './stale-port.ts';
import { secondsBetween } from './times.ts';

/** The snapshot that a pod is made of. */
export interface ChosenSnapshot {
  /** Its index among the incident's. */
  readonly index: number;
  /** Its name, or empty. */
  readonly name: string;
  /** Seconds since the epoch, or null. */
  readonly at: number | null;
  /** Seconds from it to the connect, or null where either has no time. */
  readonly secondsBefore: number | null;
}

/**
 * Chooses the snapshot that shows the pod as the connect found it: the last one with the old socket before
 * the connect's first SYN; where nothing tells the times, the last one with it.
 *
 * @param connectAt time of the SYN on the captures' clock, or null.
 */
export function chooseSnapshot(
  { snapshots }: Incident,
  { sightings }: StalePort,
  connectAt: number | null,
): ChosenSnapshot | null {
  const before = (index: number): number | null => {
    const at = snapshots[index]?.at ?? null;
    return at === null || connectAt === null ? null : secondsBetween(at, connectAt);
  };
  const index =
    sightings.findLast((one) => (before(one) ?? Number.NEGATIVE_INFINITY) >= 0) ?? sightings.at(-1);
  if (index === undefined) return null;
  const { name, at } = snapshots[index] as Snapshot;
  const seconds = before(index);
  return { index, name, at, secondsBefore: seconds !== null && seconds >= 0 ? seconds : null };
}
