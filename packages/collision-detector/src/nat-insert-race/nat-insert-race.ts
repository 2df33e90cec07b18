import type { Incident } from '@tuplescope/incident';
import { type CounterCourse, conntrackCourse } from '../counter-course.ts';
import type { DetectionContext } from '../detector.ts';
import type { Finding, State } from '../finding.ts';
import { findSourceNat, type SourceNat } from '../source-nat.ts';
import { findLostSyns, type LostSyn } from './lost-syns.ts';
import { raceConfidence } from './race-confidence.ts';
import { raceEvidence } from './race-evidence.ts';
import { raceMissing } from './race-missing.ts';
import { preventRace } from './race-mitigations.ts';
import { raceStory, raceSummary } from './tell-race.ts';

const SOURCES = [
  'https://github.com/kubernetes/kubernetes/issues/56903',
  'https://github.com/weaveworks/weave/issues/3287',
  'https://github.com/containernetworking/plugins/issues/163',
  'https://github.com/antrea-io/antrea/issues/6544',
];

/** More lost SYNs than this are counted and not listed. */
const MOST = 100;

/** What shows that translations ran into each other: the first of these that is there. */
export type RaceBasis =
  /** insert_failed rose between two looks. */
  | 'rose'
  /** A first SYN came to the translation and did not leave it. */
  | 'packets'
  /** clash_resolve rose: the kernel gave way, and nothing was lost. */
  | 'resolved'
  /** insert_failed is above 0 in a single look. */
  | 'total';

/** Connections that were given the same translation in the same moment. */
export interface Race {
  readonly basis: RaceBasis;
  readonly state: State;
  /** insert_failed. */
  readonly failed: CounterCourse | null;
  /** clash_resolve. */
  readonly resolved: CounterCourse | null;
  readonly lost: readonly LostSyn[];
  readonly sourceNat: readonly SourceNat[];
}

/**
 * Finds insertions into conntrack's table that failed because another connection had taken the same
 * translated tuple in the meantime: the packet that came second was dropped.
 */
export function findInsertRaces(incident: Incident, context: DetectionContext): Finding[] {
  const failed = conntrackCourse(incident, ['insert_failed']);
  const resolved = conntrackCourse(incident, ['clash_resolve', 'clashres']);
  const lost = findLostSyns(context);
  const sourceNat = findSourceNat(incident);
  const basis = basisOf(failed, resolved, lost, sourceNat.length > 0);
  if (basis === null) return [];
  const isNow = basis === 'rose' && failed?.isRising === true;
  const race: Race = { basis, state: isNow ? 'active' : 'past', failed, resolved, lost, sourceNat };
  return [
    {
      family: 'nat-insert-race',
      state: race.state,
      ...raceConfidence(race),
      ports: [...new Set(lost.map(({ client }) => client.sport))].sort((a, b) => a - b),
      tuples: lost.slice(0, MOST).map(({ client }) => client),
      process: [],
      summary: raceSummary(race),
      story: raceStory(race),
      evidence: raceEvidence(race),
      missing: raceMissing(race, incident),
      mitigations: preventRace(race),
      sources: SOURCES,
    },
  ];
}

function basisOf(
  failed: CounterCourse | null,
  resolved: CounterCourse | null,
  lost: readonly LostSyn[],
  hasSourceNat: boolean,
): RaceBasis | null {
  if ((failed?.rise ?? 0) > 0) return 'rose';
  if (lost.length > 0) return 'packets';
  // Without translation a clash is two packets of one flow on two processors, which harms nobody.
  if (!hasSourceNat) return null;
  if ((resolved?.rise ?? 0) > 0) return 'resolved';
  return (failed?.last.value ?? 0) > 0 ? 'total' : null;
}
