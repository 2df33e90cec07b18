import type { Place } from '@tuplescope/incident';
import type { Tuple } from '@tuplescope/net';

/** How a connect that met a stale socket went on, as far as its source shows. */
export type Outcome =
  /** A SYN-ACK for its SYN was seen, or the entry became established. */
  | 'connected'
  /** It was still trying when the source ends. */
  | 'not-connected'
  /** The source does not show it. */
  | 'unknown';

/** What one record shows of an attempt. */
export type Step =
  | 'connecting'
  | 'entry'
  | 'syn'
  | 'challenge-ack'
  | 'reset-translated'
  | 'reset-untranslated'
  | 'connected';

/** One record of an attempt, with the place and what it shows. */
export interface AttemptEvidence {
  readonly shows: Step;
  readonly place: Place;
  /** Number of the packet in its capture, or null where it is no packet. */
  readonly packet: number | null;
  readonly says: string;
}

/** The answer that the app gave to the challenge ACK, as far as a source shows it. */
export interface ResetsSeen {
  /** RSTs that were translated: they went to the proxy. */
  readonly translated: number;
  /** RSTs that went out with the untranslated address: conntrack called them INVALID. */
  readonly untranslated: number;
}

/** A connect from one port that was answered by a socket of an earlier connection. */
export interface Attempt {
  /** The source that shows it. */
  readonly source: 'snapshot' | 'events' | 'packets' | 'log';
  /** The client's port. */
  readonly port: number;
  /** The client's address. */
  readonly client: string;
  /** The interception port that answered, or null where the source does not show it. */
  readonly interceptionPort: number | null;
  /** The client's tuple before NAT, or null where the source shows only the translated one. */
  readonly tuple: Tuple | null;
  /** Seconds since the epoch of the first and the last record, on the captures' clock; or null. */
  readonly begin: number | null;
  readonly end: number | null;
  /** Initial sequence number, where packets show it. */
  readonly isn: number | null;
  /** How often the SYN was sent, or 0 where the source does not count. */
  readonly syns: number;
  /** How often the old socket answered with an ACK, or 0 where the source does not count. */
  readonly challengeAcks: number;
  readonly resets: ResetsSeen;
  readonly outcome: Outcome;
  /** Index of the snapshot that shows it, where it is a snapshot. */
  readonly snapshot: number | null;
  readonly evidence: readonly AttemptEvidence[];
}

/** An attempt about which nothing is known yet but its port. */
export function emptyAttempt(source: Attempt['source'], client: string, port: number): Attempt {
  return {
    source,
    port,
    client,
    interceptionPort: null,
    tuple: null,
    begin: null,
    end: null,
    isn: null,
    syns: 0,
    challengeAcks: 0,
    resets: { translated: 0, untranslated: 0 },
    outcome: 'unknown',
    snapshot: null,
    evidence: [],
  };
}
