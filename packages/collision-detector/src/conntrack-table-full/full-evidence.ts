import type { Incident } from '@tuplescope/incident';
import { courseEvidence } from '../course-evidence.ts';
import type { Evidence } from '../finding.ts';
import { sysctlEvidence } from '../sysctl-evidence.ts';
import type { FullTable } from './conntrack-table-full.ts';

/** Points at the kernel's messages, the count, the limit and the counters. */
export function fullEvidence(
  { lines, entries, limit, drops, evictions }: FullTable,
  incident: Incident,
): Evidence[] {
  const evidence: Evidence[] = lines.places.map((place, i) => ({
    ...place,
    packet: null,
    says:
      i === 0 && lines.count > 1
        ? `The kernel says that the table is full, ${lines.count} times in this log.`
        : 'The kernel says that the table is full.',
  }));
  if (entries !== null) {
    const says = `There are ${entries.value} entries${limit === null ? '' : `, of ${limit} at most`}.`;
    evidence.push({ ...entries.place, packet: null, says });
  }
  return [
    ...evidence,
    ...sysctlEvidence(
      incident,
      'net.netfilter.nf_conntrack_max',
      (value) => `The table holds ${value} entries at most.`,
    ),
    ...courseEvidence(drops, 'drop', 'packets dropped because no entry could be made for them'),
    ...courseEvidence(evictions, 'early_drop', 'entries evicted to make room'),
  ];
}
