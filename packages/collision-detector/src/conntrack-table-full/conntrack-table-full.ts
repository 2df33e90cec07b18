import type { Incident } from '@tuplescope/incident';
import type { Finding, State } from '../finding.ts';
import { fullConfidence } from './full-confidence.ts';
import { fullEvidence } from './full-evidence.ts';
import { fullMissing } from './full-missing.ts';
import { makeRoom } from './full-mitigations.ts';
import { tableShares } from './table-shares.ts';
import { isFilledTo, type TableUse, tableUse } from './table-use.ts';
import { fullStory, fullSummary } from './tell-full.ts';

const SOURCES = [
  'https://docs.kernel.org/networking/nf_conntrack-sysctl.html',
  'https://github.com/kubernetes/kubernetes/issues/18604',
  'https://github.com/kubernetes/kubernetes/issues/97377',
];

/** From this share on a burst of connections fills the table. */
const NEARLY = 0.9;

/** A line of the log this near to the last snapshot, in seconds, is of the same moment. */
const SAME_MOMENT = 30;

/** A table that is full, was full or nearly is. */
export interface FullTable extends TableUse {
  readonly state: State;
}

/**
 * Finds a conntrack table that has no room for new connections: the kernel drops their first packets
 * and says so in its log. A table that is nearly full waits for the next burst.
 */
export function findFullTables(incident: Incident): Finding[] {
  const use = tableUse(incident);
  const state = stateOf(use, incident);
  if (state === null) return [];
  const table = { ...use, state };
  const shares = tableShares(incident);
  return [
    {
      family: 'conntrack-table-full',
      state,
      ...fullConfidence(table),
      ports: [],
      tuples: [],
      process: [],
      summary: fullSummary(table),
      story: fullStory(table, shares),
      evidence: fullEvidence(table, incident),
      missing: fullMissing(table, incident),
      mitigations: makeRoom(table, shares, incident),
      sources: SOURCES,
    },
  ];
}

function stateOf(use: TableUse, { snapshots }: Incident): State | null {
  const { evictions, lines } = use;
  const at = snapshots.at(-1)?.at ?? null;
  const isSaidNow = at !== null && lines.last !== null && at - lines.last < SAME_MOMENT;
  if (isFilledTo(use, 1) || evictions?.isRising === true) return 'active';
  if (use.entries === null && isSaidNow) return 'active';
  if (isFilledTo(use, NEARLY)) return 'latent';
  return lines.count > 0 || (evictions?.last.value ?? 0) > 0 ? 'past' : null;
}
