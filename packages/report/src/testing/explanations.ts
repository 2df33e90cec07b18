import type { Conversation } from '@tuplescope/conversation';
import type { Explanation, Lineage } from '@tuplescope/packet-explainer';
import type { ExplanationKernel, ExplanationReport } from '../explanation/explanation-report.ts';

/** Made by hand, not by an engine: modelled on recordings of istio #43301, for what those lack. */
const FIRST = 1795389968.049352;

const CLIENT = { address: '172.29.73.7', port: 44410 };
const SERVER = { address: '172.21.206.198', port: 7777 };
const PROXY = { address: '127.0.0.1', port: 15001 };

/** A redirected conversation of the pod. */
export function conversation(id: number): Conversation {
  return {
    id,
    client: CLIENT,
    server: SERVER,
    translated: {
      client: CLIENT,
      server: PROXY,
      basis: 'rules',
      confidence: 'certain',
      why: 'A rule redirects it.',
    },
    isn: { client: 66001914, server: null },
    first: FIRST,
    last: FIRST + 30,
    sightings: { original: 1, reply: 1 },
    state: 'not-connected',
    ended: null,
    previous: id === 0 ? null : id - 1,
  };
}

/** What a packet is made of; the rest follows. */
export type Sketch = Partial<Omit<Explanation, 'packet' | 'at'>> &
  Pick<Explanation, 'kind'> & {
    /** Seconds since the first packet, null: without time. */
    readonly since: number | null;
    readonly flags: string;
    readonly seq?: number;
    readonly ack?: number;
    readonly len?: number;
    readonly of?: number;
    readonly file?: string;
    readonly n?: number;
  };

/** Makes the explanation of a packet. */
export function explanation(sketch: Sketch, index = 0): Explanation {
  const { since, flags, seq, ack, len = 0, of = 0, file = 'lo.pcap', n = index + 1 } = sketch;
  const sender = sketch.sender ?? 'app';
  const isReply = sender === 'proxy';
  const tuple = isReply
    ? { src: PROXY.address, sport: PROXY.port, dst: CLIENT.address, dport: CLIENT.port }
    : { src: CLIENT.address, sport: CLIENT.port, dst: SERVER.address, dport: SERVER.port };
  const at = since === null ? null : FIRST + since;
  return {
    packet: {
      conversation: of,
      index,
      at,
      direction: isReply ? 'reply' : 'original',
      flags,
      ...(seq === undefined ? {} : { seq }),
      ...(ack === undefined ? {} : { ack }),
      len,
      sightings: [{ capture: file, captureIndex: 0, row: n - 1, n, at, translated: !isReply }],
      retransmits: null,
      answers: null,
      older: null,
    },
    at: { file, n },
    segment: {
      flags,
      ...(seq === undefined ? {} : { seq }),
      ...(ack === undefined ? {} : { ack }),
      len,
      n,
      at,
      ...(sketch.tuple ?? tuple),
      truncated: false,
    },
    tuple: sketch.tuple ?? tuple,
    kind: sketch.kind,
    sender,
    ctstate: sketch.ctstate ?? 'ESTABLISHED',
    before: sketch.before ?? null,
    entry: sketch.entry ?? null,
    nat: sketch.nat ?? (isReply ? 'un-dnat' : 'dnat'),
    seenTranslated: sketch.seenTranslated ?? null,
    socket: sketch.socket ?? null,
    says: sketch.says ?? 'A packet.',
    details: sketch.details ?? [],
    why: sketch.why ?? { rule: 'in-window', values: {}, log: null, commits: [], lacking: [] },
    answers: sketch.answers ?? null,
    assumption: sketch.assumption ?? null,
    contradiction: sketch.contradiction ?? null,
  };
}

const entry = (state: 'SYN_SENT' | 'ESTABLISHED' | 'CLOSE_WAIT' | 'CLOSE', timeout: number) => ({
  state,
  timeout,
  assured: state === 'ESTABLISHED',
  unreplied: false,
});

const FIN_WAIT = { owner: 'proxy', state: 'FIN-WAIT-2' } as const;

/** A connect that meets a stale socket, three times over or until its RST is heard. */
export function collision(rst: 'lost' | 'heard'): Lineage {
  const isLost = rst === 'lost';
  const syn: Sketch = {
    since: 17.411734,
    flags: 'S',
    seq: 66001914,
    of: 1,
    kind: 'syn',
    ctstate: 'NEW',
    entry: { ...entry('SYN_SENT', 120), unreplied: true },
    socket: { ...FIN_WAIT, does: 'challenge-ack' },
    says: 'A SYN of a new connection, redirected to the proxy, meets its old socket in FIN-WAIT-2.',
    why: { rule: 'new-connection', values: {}, log: null, commits: [], lacking: [] },
  };
  const challenge: Sketch = {
    since: 17.412033,
    flags: 'A',
    seq: 2639327787,
    ack: 1382665639,
    of: 1,
    kind: 'challenge-ack',
    sender: 'proxy',
    before: entry('SYN_SENT', 119),
    entry: entry('SYN_SENT', 119),
    socket: { owner: 'app', state: 'SYN-SENT', does: 'rst' },
    says: 'A challenge ACK of the old connection answers the SYN.',
    why: { rule: 'ignored', values: { index: 2, state: 1 }, log: null, commits: [], lacking: [] },
  };
  const reset: Sketch = {
    since: 17.417719,
    flags: 'R',
    seq: 1382665639,
    of: 1,
    file: isLost ? 'eth0.pcap' : 'lo.pcap',
    kind: 'rst-of-challenge',
    ctstate: isLost ? 'INVALID' : 'ESTABLISHED',
    nat: isLost ? 'none' : 'dnat',
    seenTranslated: !isLost,
    before: entry('SYN_SENT', 119),
    entry: isLost ? entry('SYN_SENT', 119) : entry('CLOSE', 10),
    socket: isLost ? null : { ...FIN_WAIT, does: 'reset' },
    says: isLost
      ? 'The RST that answers the challenge ACK is INVALID: it leaves for the service, untranslated.'
      : 'The RST that answers the challenge ACK resets the old socket of the proxy.',
    details: ['Its sequence number lies after the SYN’s.'],
    why: {
      rule: isLost ? 'seq-over-upper-bound' : 'in-window',
      values: { seq: 1382665639, upperBound: 66001916 },
      log: isLost ? 'SEQ is over the upper bound (over the window of the receiver)' : null,
      commits: isLost ? ['reinit-syn-only'] : [],
      lacking: [],
    },
  };
  const again = (since: number): Sketch[] => [
    { ...syn, since, kind: 'syn-again', ctstate: 'ESTABLISHED', before: entry('SYN_SENT', 118) },
    { ...challenge, since: since + 0.0002 },
    { ...reset, since: since + 0.0006 },
  ];
  const connects: Sketch[] = [
    {
      ...syn,
      since: 17.431,
      kind: 'syn-again',
      before: entry('CLOSE', 10),
      socket: { owner: 'proxy', state: 'LISTEN', does: 'syn-ack' },
      says: 'The SYN again reaches the listener.',
    },
    {
      since: 17.4312,
      flags: 'SA',
      seq: 1896373218,
      ack: 66001915,
      of: 1,
      kind: 'syn-ack',
      sender: 'proxy',
      before: entry('SYN_SENT', 120),
      entry: { ...entry('ESTABLISHED', 60), state: 'SYN_RECV' },
      socket: { owner: 'app', state: 'SYN-SENT', does: 'ack' },
      says: 'The listener answers.',
    },
  ];
  const sketches: Sketch[] = [
    {
      since: 0,
      flags: 'FA',
      seq: 2639327786,
      ack: 1382665639,
      kind: 'half-close',
      sender: 'proxy',
      before: entry('ESTABLISHED', 431999),
      entry: { ...entry('ESTABLISHED', 120), state: 'FIN_WAIT' },
      socket: { owner: 'app', state: 'ESTABLISHED', does: 'ack' },
      says: 'The proxy sends FIN: the old connection is half-closed.',
    },
    {
      since: 0.0111,
      flags: 'A',
      seq: 1382665639,
      ack: 2639327787,
      kind: 'fin-ack',
      before: { ...entry('ESTABLISHED', 120), state: 'FIN_WAIT' },
      entry: entry('CLOSE_WAIT', 60),
      socket: { owner: 'proxy', state: 'FIN-WAIT-1', does: 'accepts' },
      says: 'The app acknowledges it, and keeps its side open: the proxy waits in FIN-WAIT-2.',
    },
    syn,
    challenge,
    reset,
    ...(isLost ? [...again(19.52), ...again(23.7)] : connects),
  ];
  return {
    conversations: [conversation(0), conversation(1)],
    explanations: sketches.map(explanation),
  };
}

/** Traffic of a connection in health: this many packets of data. */
export function plain(packets: number, port = 40000): Lineage {
  const client = { ...CLIENT, port };
  const tuple = { src: client.address, sport: port, dst: SERVER.address, dport: SERVER.port };
  return {
    conversations: [{ ...conversation(0), client, state: 'connected' }],
    explanations: Array.from({ length: packets }, (_, i) =>
      explanation(
        {
          since: i / 1000,
          flags: 'PA',
          seq: 1000 + 100 * i,
          ack: 1,
          len: 100,
          tuple,
          kind: 'data',
          before: entry('ESTABLISHED', 432000),
          entry: entry('ESTABLISHED', 432000),
          socket: { owner: 'proxy', state: 'ESTABLISHED', does: 'delivers' },
          says: 'Carries 100 bytes.',
        },
        i,
      ),
    ),
  };
}

/** A report of these lineages, by the kernel of the incident. */
export function explanationReport(
  lineages: readonly Lineage[],
  kernel: Partial<ExplanationKernel> = {},
): ExplanationReport {
  return {
    schemaVersion: 1,
    tool: { name: 'tuplescope', version: '1.0.0' },
    kernel: {
      release: '5.19.0',
      profile: '5.19.0',
      title: 'Linux 5.19.0',
      confidence: 'certain',
      why: '5.19.0 is a mainline release.',
      contradictedBy: [],
      consistentProfiles: ['5.18', '5.19.0', '6.0.19'],
      ...kernel,
    },
    lineages,
    totals: {
      packets: lineages.reduce((sum, { explanations }) => sum + explanations.length, 0),
      conversations: lineages.reduce((sum, { conversations }) => sum + conversations.length, 0),
      lineages: lineages.length,
    },
  };
}
