import { capturesOf, type Incident } from '@tuplescope/incident';
import { profileFor } from '@tuplescope/kernel-model';
import { type Tuple, tupleKey } from '@tuplescope/net';
import {
  type Evidence,
  type ExplainedCapture,
  incidentEvidence,
  type SeenSocket,
} from '@tuplescope/packet-explainer';
import type { ExplainingKernel } from '../../protocol/explanations.ts';
import type { SentEntry, SentKnowledge, SentSocket } from '../../protocol/knowledge.ts';

/** Knowledge of more entries or sockets than these is not sent to another worker. */
const MOST_SENT = 200_000;

/**
 * Writes down what an incident tells besides its packets, for a worker that explains a capture which
 * was not read with it.
 *
 * @param path of that capture: where there are several incidents, the one beside it tells.
 */
export function incidentKnowledge(incidents: readonly Incident[], path: string): SentKnowledge {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const beside = incidents.find(({ captures }) =>
    captures.some((capture) => capture.path.startsWith(folder)),
  );
  const incident = beside ?? incidents[0];
  return incident === undefined ? NOTHING : knowledgeOf(incident);
}

const NOTHING: SentKnowledge = {
  kernel: null,
  localAddresses: [],
  interceptionPorts: [],
  proxies: [],
  sysctls: {},
  sockets: [],
  entries: [],
  listedAt: [],
};

function knowledgeOf(incident: Incident): SentKnowledge {
  const listed = listedTuples(incident);
  const evidence = incidentEvidence(incident, [asCapture(listed)]);
  const { localAddresses, interceptionPorts, proxies, sysctls } = evidence;
  return {
    kernel: kernelOf(incident),
    localAddresses: [...localAddresses],
    interceptionPorts: [...interceptionPorts],
    proxies: [...proxies],
    sysctls,
    sockets: socketsIn(evidence, listed),
    entries: entriesIn(evidence, incident),
    // What is in no listing was gone at the time of each.
    listedAt: evidence.goneAt(NOBODY),
  };
}

const NOBODY: Tuple = { src: '', sport: 0, dst: '', dport: 0 };

function kernelOf({ kernel }: Incident): ExplainingKernel | null {
  if (kernel === null) return null;
  const { profile, confidence, why } = profileFor(kernel.text);
  return profile === null ? null : { profile: profile.id, title: profile.title, confidence, why };
}

/** The ends of all that listings show, as if a capture had them: evidence is given for captures. */
function listedTuples({ captures }: Incident): Tuple[] {
  const tuples: Tuple[] = [];
  for (const { content } of capturesOf(captures, 'conntrack')) {
    for (const { orig } of content.table) {
      if (tuples.length >= MOST_SENT) return tuples;
      const { src, sport, dst, dport } = orig;
      if (sport !== null && dport !== null) tuples.push({ src, sport, dst, dport });
    }
  }
  for (const { content } of capturesOf(captures, 'ss')) {
    const { table } = content;
    for (let row = 0; row < table.length && tuples.length < MOST_SENT; row++) {
      const sport = table.portAt(row, 'local');
      const dport = table.portAt(row, 'peer');
      if (sport === null || dport === null) continue;
      const src = table.addressAt(row, 'local');
      tuples.push({ src, sport, dst: table.addressAt(row, 'peer'), dport });
    }
  }
  return tuples;
}

function asCapture(tuples: readonly Tuple[]): ExplainedCapture {
  const at = (row: number): ReturnType<ExplainedCapture['segments']['at']> => ({
    ...(tuples[row] ?? NOBODY),
    n: row + 1,
    at: null,
    flags: '',
    len: 0,
    truncated: false,
  });
  return {
    name: '',
    clockOffset: 0,
    segments: {
      length: tuples.length,
      at,
      [Symbol.iterator]: () => tuples.map((_, i) => at(i)).values(),
    },
  };
}

function socketsIn({ socketsBetween }: Evidence, tuples: readonly Tuple[]): SentSocket[] {
  const sockets: SentSocket[] = [];
  const asked = new Set<number>();
  for (const { sport, dport } of tuples) {
    for (const [localPort, peerPort] of [
      [sport, dport],
      [dport, sport],
    ] as const) {
      const key = localPort * 65_536 + peerPort;
      if (asked.has(key)) continue;
      asked.add(key);
      for (const socket of socketsBetween(localPort, peerPort)) {
        sockets.push({ localPort, peerPort, ...socket });
      }
    }
  }
  return sockets;
}

function entriesIn({ entries, goneAt, entryAt }: Evidence, { snapshots }: Incident): SentEntry[] {
  const times = snapshots.flatMap(({ at }) => at ?? []);
  const known = new Set<string>();
  const sent: SentEntry[] = [];
  for (const { orig, reply } of entries) {
    const key = tupleKey(orig);
    if (known.has(key)) {
      sent.push({ orig, reply, goneAt: [], seen: [] });
      continue;
    }
    known.add(key);
    const seen: { at: number; input: unknown }[] = [];
    for (const at of times) {
      const input = entryAt(orig, at);
      if (input !== null && input !== seen.at(-1)?.input) seen.push({ at, input });
    }
    sent.push({ orig, reply, goneAt: goneAt(orig), seen });
  }
  return sent;
}

/** Makes evidence of what was written down. */
export function evidenceOf(knowledge: SentKnowledge): Evidence {
  const sockets = new Map<number, SeenSocket[]>();
  for (const { localPort, peerPort, ...socket } of knowledge.sockets) {
    const key = localPort * 65_536 + peerPort;
    const known = sockets.get(key) ?? [];
    known.push(socket as SeenSocket);
    sockets.set(key, known);
  }
  const entries = new Map<string, SentEntry>();
  for (const entry of knowledge.entries) {
    const key = tupleKey(entry.orig);
    if (!entries.has(key)) entries.set(key, entry);
  }
  return {
    localAddresses: new Set(knowledge.localAddresses),
    interceptionPorts: new Set(knowledge.interceptionPorts),
    proxies: new Set(knowledge.proxies),
    sysctls: knowledge.sysctls,
    entries: knowledge.entries,
    socketsBetween: (localPort, peerPort) => sockets.get(localPort * 65_536 + peerPort) ?? [],
    goneAt: (original) => entries.get(tupleKey(original))?.goneAt ?? knowledge.listedAt,
    entryAt: (original, at) => {
      const seen = entries.get(tupleKey(original))?.seen.findLast((one) => one.at <= at);
      return (seen?.input as ReturnType<Evidence['entryAt']>) ?? null;
    },
  };
}
