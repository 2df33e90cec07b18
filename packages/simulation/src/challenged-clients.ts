import type { Incident, PacketSegment } from '@tuplescope/incident';
import {
  ACK,
  type Endpoint,
  formatEndpoint,
  isLoopback,
  normalizeAddress,
  SYN,
} from '@tuplescope/net';
import { packetCaptures, segmentsOf } from './captures.ts';
import { readEnd } from './endpoints.ts';
import { secondsBetween, timeOf } from './times.ts';
import { isChallenge, isSyn, wireNumber } from './wire-numbers.ts';

/** A connect whose SYN an older socket answered. */
export interface ChallengedClient {
  readonly client: Endpoint;
  /** The proxy's end, to which the SYN was redirected. */
  readonly local: Endpoint;
}

/** An answer comes within this time of the SYN, or it belongs to something else. */
export const ANSWER_SECONDS = 0.5;

interface Waiting extends ChallengedClient {
  readonly isn: number;
  syns: number;
  at: number | null;
  isChallenged: boolean;
}

/**
 * Finds the clients whose redirected SYN was answered by a bare ACK that does not acknowledge it, by the
 * text of their endpoint. An ACK that was merely under way is followed by the answer to the first SYN.
 *
 * @param ports the interception ports.
 */
export function challengedClients(
  incident: Incident,
  ports: ReadonlySet<number>,
): ReadonlyMap<string, ChallengedClient> {
  const found = new Map<string, ChallengedClient>();
  for (const capture of packetCaptures(incident.captures)) {
    const waiting = new Map<string, Waiting>();
    const waitingPorts = new Set<number>();
    const settle = (key: string): void => {
      const one = waiting.get(key);
      if (one?.isChallenged && !found.has(key))
        found.set(key, { client: one.client, local: one.local });
    };
    const keep = (_: number, dport: number, flags: number): boolean =>
      (flags & (SYN | ACK)) === SYN ? ports.has(dport) : waitingPorts.has(dport);
    for (const segment of segmentsOf(capture, keep)) {
      if (isSyn(segment)) {
        if (!ports.has(segment.dport) || !isLoopback(segment.dst)) continue;
        const key = keyOf(segment.src, segment.sport);
        const isn = wireNumber(segment, 'seq');
        const known = waiting.get(key);
        if (isn === null) continue;
        if (known?.isn === isn) Object.assign(known, { syns: known.syns + 1, at: timeOf(segment) });
        else {
          settle(key);
          const begun = begin(segment, isn);
          if (begun === null) continue;
          waiting.set(key, begun);
          waitingPorts.add(segment.sport);
        }
        continue;
      }
      const key = keyOf(segment.dst, segment.dport);
      const asked = waiting.get(key);
      if (asked === undefined || !isPrompt(asked, segment)) continue;
      if (segment.flags.includes('S')) {
        if (asked.syns > 1) settle(key);
        waiting.delete(key);
      } else if (isChallenge(segment, asked.isn)) asked.isChallenged = true;
    }
    for (const key of waiting.keys()) settle(key);
  }
  return found;
}

/** Begins to wait for the answer to a SYN; null where a text names hosts instead of addresses. */
function begin(segment: PacketSegment, isn: number): Waiting | null {
  const client = readEnd(segment.src, segment.sport);
  const local = readEnd(segment.dst, segment.dport);
  if (client === null || local === null || isLoopback(client.address)) return null;
  return { client, local, isn, syns: 1, at: timeOf(segment), isChallenged: false };
}

function isPrompt({ at }: Waiting, answer: PacketSegment): boolean {
  const time = timeOf(answer);
  return at === null || time === null || secondsBetween(at, time) <= ANSWER_SECONDS;
}

function keyOf(address: string, port: number): string {
  return formatEndpoint({ address: normalizeAddress(address), port });
}
