import type { Incident } from '@tuplescope/incident';
import { formatEndpoint, type Tuple } from '@tuplescope/net';
import type { DetectionContext } from '../detector.ts';
import type { Finding } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import { involved } from '../processes.ts';
import { findStrayResets } from './find-stray-resets.ts';
import { findLoggedStrays, type LoggedStray } from './logged-stray.ts';
import { strayConfidence } from './stray-confidence.ts';
import { invalidCounters, strayEvidence } from './stray-evidence.ts';
import { strayMissing } from './stray-missing.ts';
import { keepInvalidOut } from './stray-mitigations.ts';
import type { StrayReset } from './stray-reset.ts';
import { loggedStory, loggedSummary, strayStory, straySummary } from './tell-stray.ts';

const SOURCES = [
  'https://github.com/kubernetes/kubernetes/issues/74839',
  'https://github.com/kubernetes/kubernetes/issues/117924',
  'https://github.com/kubernetes/kubernetes/issues/94861',
  'https://github.com/kubernetes/kubernetes/issues/120412',
  'https://github.com/kubernetes/kubernetes/issues/122663',
  'https://github.com/istio/istio/issues/36489',
  'https://github.com/istio/istio/issues/36566',
  'https://github.com/istio/istio/issues/49975',
];

/** More tuples than this are counted, in the summary, and not listed. */
const MOST_TUPLES = 100;

/**
 * Finds connections that were well until a segment of theirs was INVALID to conntrack: it was not
 * translated, met no socket, and was answered with a RST in the connection's name.
 */
export function findInvalidPacketResets(incident: Incident, context: DetectionContext): Finding[] {
  const strays = findStrayResets(incident, context);
  const groups = groupBy(strays, ({ server, reset, basis }) => {
    return `${formatEndpoint(server)} ${reset.direction} ${basis === 'addresses'}`;
  });
  const seen = [...groups.values()].map((group) => strayFinding(incident, context, group));
  if (seen.length > 0) return seen;
  const logged = findLoggedStrays(incident);
  return logged.length === 0 ? [] : [loggedFinding(incident, logged)];
}

function strayFinding(
  incident: Incident,
  context: DetectionContext,
  strays: readonly [StrayReset, ...StrayReset[]],
): Finding {
  const packets = context.packets();
  const tuples = strays.map(tupleOf);
  return {
    family: 'invalid-packet-reset',
    state: 'past',
    ...strayConfidence(strays, incident),
    ports: portsOf(tuples),
    tuples: tuples.slice(0, MOST_TUPLES),
    process: involved(
      "holder of the connection's socket",
      strays.flatMap(({ socket }) => socket ?? []),
    ),
    summary: straySummary(strays),
    story: strayStory(strays, incident),
    evidence: [
      ...strays.slice(0, MOST_TUPLES).flatMap((stray) => strayEvidence(packets, stray)),
      ...invalidCounters(incident),
    ],
    missing: strayMissing(incident, tuples[0]?.sport ?? null),
    mitigations: keepInvalidOut(incident, context, strays[0]),
    sources: SOURCES,
  };
}

function tupleOf({ conversation: { client }, server }: StrayReset): Tuple {
  return { src: client.address, sport: client.port, dst: server.address, dport: server.port };
}

function portsOf(tuples: readonly Tuple[]): number[] {
  return [...new Set(tuples.map(({ sport }) => sport))].sort((a, b) => a - b);
}

function loggedFinding(incident: Incident, strays: readonly LoggedStray[]): Finding {
  const tuples = strays.map(({ tuple }) => tuple);
  return {
    family: 'invalid-packet-reset',
    state: 'past',
    confidence: 'possible',
    confidenceReason:
      'The log shows INVALID segments of a connection that is established and translated, and the counters RSTs; no packets show that one answered the other.',
    ports: portsOf(tuples),
    tuples: tuples.slice(0, MOST_TUPLES),
    process: [],
    summary: loggedSummary(strays),
    story: loggedStory(strays),
    evidence: [
      ...strays.slice(0, MOST_TUPLES).flatMap(({ evidence }) => evidence),
      ...invalidCounters(incident),
    ],
    missing: strayMissing(incident, tuples[0]?.sport ?? null),
    mitigations: keepInvalidOut(incident, null, null),
    sources: SOURCES,
  };
}
