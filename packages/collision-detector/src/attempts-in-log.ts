import {
  type CaptureOf,
  capturesOf,
  type Incident,
  type Interception,
  type NetfilterLogRecord,
  placeOf,
} from '@tuplescope/incident';
import { formatEndpoint, normalizeAddress, type Tuple, tupleKey } from '@tuplescope/net';
import { type Attempt, type AttemptEvidence, emptyAttempt } from './attempt.ts';
import { fullTuple } from './entries.ts';

/** RSTs further apart than this belong to two connects: between two SYNs lie 64 s at most. */
const SAME_CONNECT_SECONDS = 130;

/** The kernel answers SYNs with challenge ACKs at most every 0.5 s (tcp_invalid_ratelimit). */
const LEAST_SECONDS_APART = 0.4;

/** So many RSTs are enough to point at. */
const MAX_EVIDENCE = 100;

/** RSTs from one port to one service that belong to one connect. */
interface Train {
  readonly tuple: Tuple;
  /** Seconds on the log's own clock, of the first and the last; null where the log has none. */
  readonly first: number | null;
  last: number | null;
  count: number;
  readonly evidence: AttemptEvidence[];
}

/**
 * Finds trains of RSTs in the kernel's LOG lines: bare RSTs (no acknowledgement) from the pod that
 * went out through a device instead of `lo`, or came in through one for it, each the answer to a
 * challenge ACK. A single RST shows nothing, nor does a burst: any closed socket sends such.
 */
export function attemptsInLog(
  incident: Incident,
  direction: Interception['direction'] = 'outbound',
): Attempt[] {
  const pod = new Set(incident.podAddresses);
  const isOutbound = direction === 'outbound';
  return capturesOf(incident.captures, 'log').flatMap((capture) => {
    const trains = new Map<string, Train[]>();
    for (const record of capture.content.table) {
      const device = isOutbound ? record.out : record.in;
      if (record.flags !== 'R' || device === null || device === 'lo') continue;
      // What comes in is translated by then, unless it is INVALID.
      if (!isOutbound && !isCalledInvalid(record)) continue;
      const tuple = fullTuple(record);
      if (tuple === null) continue;
      const own = normalizeAddress(isOutbound ? tuple.src : tuple.dst);
      if (pod.size > 0 && !pod.has(own)) continue;
      const says = isOutbound ? leftSays(record, tuple) : arrivedSays(record, tuple);
      const place = placeOf(capture, record.source);
      addReset(trains, tuple, record, { shows: 'reset-untranslated', place, packet: null, says });
    }
    const attempts = [...trains.values()].flat().filter(isRetransmission);
    return attempts.map((train) => attemptOf(train, incident, capture));
  });
}

function addReset(
  trains: Map<string, Train[]>,
  tuple: Tuple,
  record: NetfilterLogRecord,
  evidence: AttemptEvidence,
): void {
  const at = record.at ?? record.uptime ?? null;
  const key = tupleKey(tuple);
  const ofTuple = trains.get(key) ?? [];
  trains.set(key, ofTuple);
  const train = ofTuple.at(-1);
  if (train === undefined || !isSameConnect(train, at)) {
    ofTuple.push({ tuple, first: at, last: at, count: 1, evidence: [evidence] });
    return;
  }
  train.last = at;
  train.count++;
  if (train.evidence.length < MAX_EVIDENCE) train.evidence.push(evidence);
}

function isSameConnect({ last }: Train, at: number | null): boolean {
  return at === null || last === null || at - last < SAME_CONNECT_SECONDS;
}

function isRetransmission({ first, last, count }: Train): boolean {
  if (count < 2) return false;
  return first === null || last === null || (last - first) / (count - 1) >= LEAST_SECONDS_APART;
}

function attemptOf(
  train: Train,
  { clocks }: Incident,
  { path, origin }: CaptureOf<'log'>,
): Attempt {
  const clock = clocks.find(({ file, line }) => file === path && line === origin.line);
  // Seconds since boot are no date until packets show when the kernel was booted.
  const shift = (seconds: number | null): number | null => {
    if (seconds === null || (clock === undefined && seconds < YEAR)) return null;
    return seconds + (clock?.offsetSeconds ?? 0);
  };
  return {
    ...emptyAttempt('log', train.tuple.src, train.tuple.sport),
    tuple: train.tuple,
    begin: shift(train.first),
    end: shift(train.last),
    resets: { translated: 0, untranslated: train.count },
    evidence: train.evidence,
  };
}

/** Seconds; fewer are no date but an uptime. */
const YEAR = 365 * 86_400;

function leftSays(record: NetfilterLogRecord, { sport, dst, dport }: Tuple): string {
  const to = formatEndpoint({ address: dst, port: dport });
  return `A RST from port ${sport} left through ${record.out} for ${to} instead of going to the proxy${calledInvalid(record)}.`;
}

function arrivedSays(record: NetfilterLogRecord, { src, sport, dport }: Tuple): string {
  const from = formatEndpoint({ address: src, port: sport });
  return `A RST from ${from} came in through ${record.in} for port ${dport}${calledInvalid(record)}.`;
}

function calledInvalid(record: NetfilterLogRecord): string {
  return isCalledInvalid(record) ? '; the rule that logs it calls it INVALID' : '';
}

function isCalledInvalid({ prefix }: NetfilterLogRecord): boolean {
  return /invalid/i.test(prefix);
}
