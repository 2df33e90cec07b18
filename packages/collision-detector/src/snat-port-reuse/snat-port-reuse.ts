import type { Incident } from '@tuplescope/incident';
import { formatEndpoint, isSameAddress, normalizeAddress, tupleKey } from '@tuplescope/net';
import type { DetectionContext } from '../detector.ts';
import { entryListings, eventLogs } from '../entries.ts';
import type { Finding, State } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import { once } from '../once.ts';
import type { Reuse } from './reuse.ts';
import { reuseConfidence } from './reuse-confidence.ts';
import { reuseEvidence } from './reuse-evidence.ts';
import { reuseMissing } from './reuse-missing.ts';
import { keepPorts } from './reuse-mitigations.ts';
import { reusesInEvents } from './reuses-in-events.ts';
import { reusesInPackets } from './reuses-in-packets.ts';
import { reuseStory, reuseSummary } from './tell-reuse.ts';

const SOURCES = [
  'https://github.com/cilium/cilium/issues/45863',
  'https://github.com/cilium/cilium/issues/23604',
  'https://github.com/cilium/cilium/issues/42870',
];

/** More tuples than this are counted and not listed. */
const MOST = 100;

/** Reuses of one gateway's ports toward one server, with one outcome. */
export interface ReuseGroup {
  readonly state: State;
  readonly members: readonly [Reuse, ...Reuse[]];
}

/**
 * Finds ports of a gateway that a new connection got while the server still remembered the last one
 * that had them: the SYN is answered by an ACK of that one instead of a SYN-ACK.
 */
export function findSnatPortReuses(incident: Incident, context: DetectionContext): Finding[] {
  const inPackets = reusesInPackets(
    context,
    once(() => gatewayAddresses(incident)),
  );
  const inEvents = reusesInEvents(incident);
  const reuses = joined(inPackets, inEvents);
  const groups = groupBy(reuses, ({ outside, isConnected, basis }) => {
    const server = formatEndpoint({ address: outside.dst, port: outside.dport });
    return `${server} ${isConnected} ${basis === 'outside'}`;
  });
  return [...groups.values()].map((members) => {
    const isNow = members.some((reuse) => !reuse.isConnected && isConnecting(reuse, incident));
    return findingOf({ members, state: isNow ? 'active' : 'past' }, incident);
  });
}

/** Packets show more of a connect than events do; what both show is told once. */
function joined(inPackets: readonly Reuse[], inEvents: readonly Reuse[]): Reuse[] {
  const events = groupBy(inEvents, ({ client }) => tupleKey(client));
  const both = inPackets.map((reuse) => {
    const same = events.get(tupleKey(reuse.client))?.[0];
    if (same === undefined) return reuse;
    events.delete(tupleKey(reuse.client));
    return { ...reuse, evidence: [...reuse.evidence, ...same.evidence] };
  });
  return [...both, ...[...events.values()].flat()];
}

/** Addresses that entries give to sources. */
function gatewayAddresses({ captures }: Incident): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { content } of [...entryListings(captures), ...eventLogs(captures)]) {
    const { table } = content;
    let last = '';
    for (let row = 0; row < table.length; row++) {
      if (table.portAt(row, 'origSrc') === null) continue;
      const address = table.addressAt(row, 'replyDst');
      if (address === last || isSameAddress(address, table.addressAt(row, 'origSrc'))) continue;
      last = address;
      found.add(normalizeAddress(address));
    }
  }
  return found;
}

/** Whether the last listing of entries has this connect, still without an answer that it can use. */
function isConnecting({ client }: Reuse, { snapshots }: Incident): boolean {
  const last = snapshots.findLast(({ captures }) => entryListings(captures).length > 0);
  return entryListings(last?.captures ?? []).some(({ content: { table } }) =>
    table
      .rowsWithPort(client.sport)
      .some(
        (row) =>
          table.stateAt(row) === 'SYN_SENT' &&
          table.portAt(row, 'origSrc') === client.sport &&
          table.portAt(row, 'origDst') === client.dport &&
          isSameAddress(table.addressAt(row, 'origSrc'), client.src),
      ),
  );
}

function findingOf(group: ReuseGroup, incident: Incident): Finding {
  const { members, state } = group;
  return {
    family: 'snat-port-reuse',
    state,
    ...reuseConfidence(group),
    ports: [...new Set(members.map(({ client }) => client.sport))].sort((a, b) => a - b),
    tuples: members.slice(0, MOST).map(({ client }) => client),
    process: [],
    summary: reuseSummary(group),
    story: reuseStory(group, incident),
    evidence: reuseEvidence(group, incident),
    missing: reuseMissing(group, incident),
    mitigations: keepPorts(group, incident),
    sources: SOURCES,
  };
}
