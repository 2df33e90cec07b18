import {
  capturesOf,
  type Incident,
  type Place,
  placeOf,
  type Snapshot,
} from '@tuplescope/incident';
import type { Evidence, State } from './finding.ts';

/** A counter's value in one snapshot, with its place. */
export interface CounterReading {
  readonly value: number;
  readonly place: Place;
}

/** Reads a counter by nstat's name in a snapshot, or gives null where no listing has it. */
export function readCounter(snapshot: Snapshot, name: string): CounterReading | null {
  for (const capture of capturesOf(snapshot.captures, 'nstat')) {
    const { table } = capture.content;
    if (table.value(name) === null) continue;
    for (const counter of table) {
      if (counter.name !== name || typeof counter.value !== 'number') continue;
      return { value: counter.value, place: placeOf(capture, counter.source) };
    }
  }
  return null;
}

/** What each counter counts, in the order in which a reader needs them. */
const TELLING: readonly (readonly [name: string, counts: string])[] = [
  ['TcpExtTCPSYNChallenge', 'SYNs that met a socket of an earlier connection'],
  ['TcpExtTCPChallengeACK', 'challenge ACKs sent'],
  ['TcpExtTCPSynRetrans', 'SYNs sent again'],
];

/**
 * Tells what the counters add: how much they rose from the first snapshot to the last, or where
 * there is only one, what they stand at since the namespace began.
 */
export function counterEvidence(incident: Incident, state: State): Evidence[] {
  return TELLING.flatMap(([name, counts]): Evidence[] => {
    const readings = incident.snapshots.flatMap((snapshot) => readCounter(snapshot, name) ?? []);
    const first = readings[0];
    const last = readings.at(-1);
    if (first === undefined || last === undefined || last.value === 0) return [];
    const risen = last.value - first.value;
    if (readings.length > 1 && risen === 0) return [];
    // A single total says nothing of one connect among many that are over.
    if (readings.length === 1 && state === 'past') return [];
    const says =
      readings.length > 1
        ? `${name} rose by ${risen}, from ${first.value} to ${last.value}: ${counts}.`
        : `${name} is ${last.value}: ${counts}, since the namespace began.`;
    return [{ ...last.place, packet: null, says }];
  });
}
