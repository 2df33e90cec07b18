import type { Incident, Snapshot } from '@tuplescope/incident';
import { formatEndpoint, isSameEndpoint, type Tuple } from '@tuplescope/net';
import { fullTuple } from './entries.ts';
import type { Confidence, Evidence, Finding, State } from './finding.ts';
import { missingEvidence } from './missing-evidence.ts';
import { killStaleSocket, preventLeak } from './mitigations.ts';
import { involved, nameProcess } from './processes.ts';
import { connectingFrom, type PlacedSocket, type StaleSocket, socketsIn } from './stale-sockets.ts';

const SOURCES = [
  'https://github.com/istio/istio/issues/43297',
  'https://github.com/envoyproxy/envoy/issues/2067',
];

/** One leaked socket over all snapshots that show it. */
interface Leak {
  /** As the last snapshot shows it that does. */
  readonly stale: StaleSocket;
  readonly state: State;
}

/**
 * Finds proxy sockets that outlived their conntrack entries: half-closed, behind an interception
 * port, with no entry left to translate the client's FIN. Leaks of one proxy and state are one
 * finding with several ports.
 */
export function findHalfClosedLeaks(
  incident: Incident,
  staleSockets: readonly StaleSocket[],
): Finding[] {
  const leaks = leaksOf(incident, staleSockets);
  const groups = new Map<string, Leak[]>();
  for (const leak of leaks) {
    const { local, sockets } = leak.stale;
    const key = `${leak.state} ${local.port} ${sockets[0]?.socket.process[0]?.pid ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), leak]);
  }
  return [...groups.values()].map((group) => findingOf(incident, group));
}

/** A socket is leaked where a snapshot shows it without the entry of its own connection. */
function leaksOf(incident: Incident, staleSockets: readonly StaleSocket[]): Leak[] {
  const byEnds = new Map<string, StaleSocket>();
  const hasListing = staleSockets.some(({ entryState }) => entryState !== 'unknown');
  for (const stale of staleSockets) {
    if (stale.entryState === 'tracked') continue;
    // A snapshot without a listing tells nothing where others have one.
    if (stale.entryState === 'unknown' && hasListing) continue;
    byEnds.set(`${formatEndpoint(stale.local)} ${formatEndpoint(stale.peer)}`, stale);
  }
  return [...byEnds.values()].map((stale) => ({ stale, state: stateOf(incident, stale) }));
}

function stateOf(incident: Incident, { snapshot, peer }: StaleSocket): State {
  const last = lastWithSockets(incident);
  if (snapshot < last) return 'past';
  const connecting = connectingFrom(incident.snapshots[last] as Snapshot, peer);
  return connecting.length > 0 ? 'active' : 'latent';
}

/** Only a snapshot that lists sockets can show that one is gone. */
export function lastWithSockets({ snapshots }: Incident): number {
  return snapshots.findLastIndex(({ captures }) =>
    captures.some(({ content }) => content.kind === 'ss'),
  );
}

function findingOf(incident: Incident, group: readonly Leak[]): Finding {
  const { stale, state } = group[0] as Leak;
  const holders = involved(
    'holder of the stale socket',
    group.flatMap((leak) => leak.stale.sockets),
  );
  const { confidence, confidenceReason } = confidenceOf(group);
  return {
    family: 'half-closed-leak',
    state,
    confidence,
    confidenceReason,
    ports: group.map((leak) => leak.stale.peer.port).sort((a, b) => a - b),
    tuples: group.flatMap((leak) => oldTuple(incident, leak.stale) ?? []),
    process: holders,
    summary: summaryOf(group),
    story: storyOf(incident, group),
    evidence: group.flatMap((leak) => evidenceOf(incident, leak.stale)),
    missing: missingEvidence(incident, stale, group.length === 1 ? stale.peer.port : undefined),
    mitigations: [...(state === 'past' ? [] : [killStaleSocket(stale)]), ...preventLeak(stale)],
    sources: SOURCES,
  };
}

function confidenceOf(group: readonly Leak[]): {
  confidence: Confidence;
  confidenceReason: string;
} {
  if (group.some(({ stale }) => stale.entryState === 'unknown')) {
    return {
      confidence: 'possible',
      confidenceReason:
        'A half-closed socket is there, but no conntrack listing shows whether its entry has expired.',
    };
  }
  if (group.every(({ stale }) => stale.sockets.some(hasNoTimer))) {
    return {
      confidence: 'certain',
      confidenceReason:
        'The socket is listed without a timer that would end it, and the conntrack listing beside it has no entry of its connection, or only that of a new one.',
    };
  }
  return {
    confidence: 'likely',
    confidenceReason:
      'The conntrack listing has no entry of the connection; the socket listing does not show timers (ss -o).',
  };
}

/** `ss -o` prints a timer where one runs; a listing with inode or cookie was made with -e, and so was it. */
function hasNoTimer({ socket }: PlacedSocket): boolean {
  return socket.timer === null && (socket.inode !== null || socket.cookie !== null);
}

function summaryOf(group: readonly Leak[]): string {
  const { stale, state } = group[0] as Leak;
  const holder = nameProcess(stale.sockets[0]?.socket.process[0], 'The proxy');
  const ports = group.map((leak) => leak.stale.peer.port).sort((a, b) => a - b);
  const named = ports.length > 5 ? `${ports.length} ports` : `port ${ports.join(', ')}`;
  const sockets =
    group.length === 1 ? 'a half-closed socket' : `${group.length} half-closed sockets`;
  switch (state) {
    case 'past':
      return `${holder} held ${sockets} of ${named} without a conntrack entry; by the last snapshot ${group.length === 1 ? 'it is' : 'they are'} gone.`;
    case 'active':
      return `${holder} holds ${sockets} of ${named} that conntrack has forgotten, and a new connect is running into ${group.length === 1 ? 'it' : 'them'} now.`;
    default:
      return `${holder} holds ${sockets} of ${named} that conntrack has forgotten: the next connect that gets ${ports.length === 1 ? 'this port' : 'one of these ports'} meets ${group.length === 1 ? 'it' : 'one'}.`;
  }
}

function storyOf(incident: Incident, group: readonly Leak[]): string[] {
  const { stale, state } = group[0] as Leak;
  const ends = `${formatEndpoint(stale.local)} ↔ ${formatEndpoint(stale.peer)}`;
  const timeout = incident.sysctl('net.netfilter.nf_conntrack_tcp_timeout_close_wait');
  const lasts = timeout === null ? '60 s by default' : `${timeout} s here`;
  const story = [
    `A connection through port ${stale.local.port} was half-closed: the proxy sent its FIN, the application did not, and the proxy's socket ${ends} went to FIN-WAIT-2.`,
    `conntrack keeps such a connection in CLOSE_WAIT for ${lasts}; then its entry was gone.`,
    'When the application closed, no entry was left to translate its FIN: the FIN left with the service’s address instead of reaching the proxy.',
    'FIN-WAIT-2 of a socket that a process still holds has no timer in the kernel: it stays until the proxy closes it.',
  ];
  if (state === 'latent') {
    story.push(
      'The socket does not keep the port from being chosen again, because to the kernel it is a different tuple: a connect that gets the port will meet it.',
    );
  }
  if (group.length > 1) story.push(`The same holds for ${group.length} sockets in all.`);
  return story;
}

function evidenceOf(incident: Incident, stale: StaleSocket): Evidence[] {
  const evidence: Evidence[] = [];
  const snapshot = incident.snapshots[stale.snapshot] as Snapshot;
  const shown = stale.sockets[0];
  if (shown !== undefined) {
    const holder = nameProcess(shown.socket.process[0], 'a process');
    const says = `The stale socket: FIN-WAIT-2 on port ${stale.local.port}, held by ${holder}, no timer runs.`;
    evidence.push({ ...shown.place, packet: null, says });
  }
  if (stale.entry !== null) {
    const says = `The only entry with these replies is in ${stale.entry.entry.state}: it is younger than the socket, a new connection's.`;
    evidence.push({ ...stale.entry.place, packet: null, says });
  } else if (stale.listing !== null) {
    const { path, origin, bytes } = stale.listing;
    const says = `The conntrack listing of the same moment has no entry whose replies come from ${formatEndpoint(stale.local)} to ${formatEndpoint(stale.peer)}.`;
    const end = origin.offset + bytes.length;
    evidence.push({ file: path, line: origin.line, start: origin.offset, end, packet: null, says });
  }
  const twin = twinOf(snapshot, stale);
  if (twin !== undefined) {
    const says =
      "The proxy's other side of such a connection: it got the service's FIN and waits in CLOSE-WAIT.";
    evidence.push({ ...twin.place, packet: null, says });
  }
  return evidence;
}

/** The upstream half that the same process keeps open for the half-closed one. */
function twinOf(snapshot: Snapshot, stale: StaleSocket): PlacedSocket | undefined {
  const pid = stale.sockets[0]?.socket.process[0]?.pid;
  if (pid === undefined) return undefined;
  return socketsIn(snapshot, 'CLOSE-WAIT').find(({ socket }) =>
    socket.process.some((process) => process.pid === pid),
  );
}

/** The connection's tuple before NAT, from an entry that an earlier snapshot or an event still has. */
function oldTuple(incident: Incident, { local, peer }: StaleSocket): Tuple | null {
  for (const { content } of incident.captures) {
    if (content.kind !== 'conntrack') continue;
    for (const row of content.table.rowsWithPort(peer.port)) {
      const entry = content.table.at(row);
      const tuple = fullTuple(entry.orig);
      const back = fullTuple(entry.reply);
      if (tuple === null || back === null) continue;
      const isThis =
        isSameEndpoint({ address: back.src, port: back.sport }, local) &&
        isSameEndpoint({ address: back.dst, port: back.dport }, peer);
      if (isThis) return tuple;
    }
  }
  return null;
}
