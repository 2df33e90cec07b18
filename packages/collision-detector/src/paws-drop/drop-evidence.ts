import type { Incident } from '@tuplescope/incident';
import { courseEvidence } from '../course-evidence.ts';
import type { Evidence } from '../finding.ts';
import { sysctlEvidence } from '../sysctl-evidence.ts';
import type { PawsDrop } from './paws-drop.ts';

/** So many SYNs tell no more than the first few. */
const ENOUGH = 4;

/** Points at the SYNs, at the counters that rose, and at the setting. */
export function dropEvidence(
  { late, passive, timewait, isRecycling }: PawsDrop,
  incident: Incident,
): Evidence[] {
  const ofConnections = late.some(({ of }) => of === 'connection');
  const hasRisen = ofConnections && (timewait?.rise ?? 0) > 0;
  return [
    ...late.slice(0, ENOUGH).flatMap(({ evidence }) => evidence),
    ...courseEvidence(passive, 'PAWSPassive', 'SYNs that were dropped for their timestamps'),
    ...(hasRisen
      ? courseEvidence(timewait, 'The counter of PAWS', 'segments refused for their timestamps')
      : []),
    ...(isRecycling
      ? sysctlEvidence(
          incident,
          'net.ipv4.tcp_tw_recycle',
          () => 'tcp_tw_recycle is on: an address is held to its last timestamp.',
        )
      : []),
  ];
}
