import type { Incident } from '@tuplescope/incident';
import { isSameEndpoint } from '@tuplescope/net';
import type { DetectionContext } from '../detector.ts';
import { entryListings } from '../entries.ts';
import type { Finding, State } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import { lastWithSockets } from '../half-closed-leak.ts';
import { involved } from '../processes.ts';
import { driftConfidence } from './drift-confidence.ts';
import { driftEvidence } from './drift-evidence.ts';
import { driftMissing } from './drift-missing.ts';
import { bringTogether } from './drift-mitigations.ts';
import { type ForgottenSocket, forgottenSockets } from './forgotten-sockets.ts';
import { type OrphanEntry, orphanEntries } from './orphan-entries.ts';
import { driftStory, driftSummary } from './tell-drift.ts';

const SOURCES = [
  'https://docs.kernel.org/networking/nf_conntrack-sysctl.html',
  'https://github.com/kubernetes/kubernetes/issues/97377',
  'https://github.com/kubernetes/kubernetes/issues/18604',
];

/** An entry or two that outlived their connections are what every host has. */
const LEAST_ORPHANS = 3;

/** A table has some entries in CLOSE_WAIT at any time; these are a flood. */
const LEAST_FLOOD = 100;
const FLOOD_SHARE = 0.2;

/** More tuples than this are counted and not listed. */
const MOST = 100;

/** Entries and sockets that no longer belong together. */
export type Drift = { readonly state: State } & (
  | { readonly kind: 'orphans'; readonly entries: readonly [OrphanEntry, ...OrphanEntry[]] }
  | {
      readonly kind: 'flood';
      readonly entries: readonly [OrphanEntry, ...OrphanEntry[]];
      /** How many entries there are in all. */
      readonly total: number;
    }
  | {
      readonly kind: 'forgotten';
      readonly sockets: readonly [ForgottenSocket, ...ForgottenSocket[]];
    }
);

/**
 * Finds entries that no socket belongs to any more, and redirected connections that have no entry any
 * more. Half-closed sockets of a proxy are a family of their own and are not among these.
 */
export function findDrifts(incident: Incident, context: DetectionContext): Finding[] {
  const orphans = groupBy(orphanEntries(incident), ({ state }) => state);
  const forgotten = forgottenSockets(incident).filter(
    ({ local, peer }) =>
      !context.staleSockets.some(
        (stale) => isSameEndpoint(stale.local, local) && isSameEndpoint(stale.peer, peer),
      ),
  );
  const drifts: Drift[] = [];
  const established = orphans.get('ESTABLISHED');
  if (established !== undefined && established.length >= LEAST_ORPHANS) {
    const state = stateOf(established, lastWithBoth(incident));
    drifts.push({ kind: 'orphans', entries: established, state });
  }
  const closeWait = orphans.get('CLOSE_WAIT');
  const total = entriesInLast(incident);
  if (
    closeWait !== undefined &&
    closeWait.length >= LEAST_FLOOD &&
    closeWait.length >= FLOOD_SHARE * total
  ) {
    const state = stateOf(closeWait, lastWithBoth(incident));
    drifts.push({ kind: 'flood', entries: closeWait, total, state });
  }
  for (const sockets of groupBy(forgotten, ({ local }) => String(local.port)).values()) {
    const state = stateOf(sockets, lastWithSockets(incident));
    drifts.push({ kind: 'forgotten', sockets, state });
  }
  return drifts.map((drift) => findingOf(drift, incident));
}

function stateOf(members: readonly { readonly snapshot: number }[], last: number): State {
  return members.some(({ snapshot }) => snapshot === last) ? 'latent' : 'past';
}

/** Index of the last snapshot that lists sockets and entries. */
function lastWithBoth({ snapshots }: Incident): number {
  return snapshots.findLastIndex(
    ({ captures }) =>
      captures.some(({ content }) => content.kind === 'ss') && entryListings(captures).length > 0,
  );
}

function entriesInLast(incident: Incident): number {
  const snapshot = incident.snapshots[lastWithBoth(incident)];
  return Math.max(0, ...entryListings(snapshot?.captures ?? []).map(({ records }) => records));
}

function findingOf(drift: Drift, incident: Incident): Finding {
  const ports =
    drift.kind === 'forgotten'
      ? drift.sockets.map(({ peer }) => peer.port)
      : drift.entries.map(({ orig }) => orig.sport);
  return {
    family: 'conntrack-socket-drift',
    state: drift.state,
    ...driftConfidence(drift, incident),
    ports: [...new Set(ports)].sort((a, b) => a - b),
    tuples: drift.kind === 'forgotten' ? [] : drift.entries.slice(0, MOST).map(({ orig }) => orig),
    process:
      drift.kind === 'forgotten'
        ? involved(
            'holder of the forgotten connection',
            drift.sockets.map(({ socket }) => socket),
          )
        : [],
    summary: driftSummary(drift),
    story: driftStory(drift, incident),
    evidence: driftEvidence(drift, incident),
    missing: driftMissing(drift, incident),
    mitigations: bringTogether(drift, incident),
    sources: SOURCES,
  };
}
