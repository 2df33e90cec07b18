import { formatEndpoint, isSameAddress, normalizeAddress } from '@tuplescope/net';
import type { Attempt, Outcome } from './attempt.ts';
import { groupBy } from './group-by.ts';
import { secondsBetween } from './times.ts';

/** Listings and logs of one connect lie this near to it; snapshots are seconds apart. */
const NEAR_SECONDS = 15;

/** Fewer RSTs in the kernel's log than this say nothing without another source. */
const LEAST_RESETS_ALONE = 3;

/** Packets tell connects apart best: each has its own initial sequence number. */
const ORDER: readonly Attempt['source'][] = ['packets', 'events', 'snapshot', 'log'];

/** One connect as all sources together show it. */
export interface JoinedAttempt extends Omit<Attempt, 'source'> {
  readonly sources: ReadonlySet<Attempt['source']>;
}

/**
 * Joins what several sources show of the same connect: each attempt is joined to the one from the
 * same port that is nearest in time and does not contradict it, or stands alone.
 */
export function joinAttempts(attempts: readonly Attempt[]): JoinedAttempt[] {
  const byClient = groupBy(attempts, ({ client, port }) =>
    formatEndpoint({ address: normalizeAddress(client), port }),
  );
  return [...byClient.values()].flatMap(joinOfClient).filter(isTelling);
}

function joinOfClient(attempts: readonly Attempt[]): JoinedAttempt[] {
  const joined: JoinedAttempt[] = [];
  for (const source of ORDER) {
    for (const attempt of attempts) {
      if (attempt.source !== source) continue;
      const at = source === 'packets' ? -1 : nearest(attempt, joined);
      if (at < 0) joined.push(alone(attempt));
      else joined[at] = join(joined[at] as JoinedAttempt, attempt);
    }
  }
  return joined;
}

function isTelling({ sources, resets }: JoinedAttempt): boolean {
  const isOnlyLogged = sources.size === 1 && sources.has('log');
  return !isOnlyLogged || resets.untranslated >= LEAST_RESETS_ALONE;
}

/** Index of the attempt that this one belongs to, or -1. */
function nearest(attempt: Attempt, candidates: readonly JoinedAttempt[]): number {
  let best = -1;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const [i, candidate] of candidates.entries()) {
    if (!isCompatible(attempt, candidate)) continue;
    const distance = distanceBetween(attempt, candidate);
    if (distance < bestDistance) [best, bestDistance] = [i, distance];
  }
  return best;
}

function isCompatible(a: Attempt, b: JoinedAttempt): boolean {
  const isSameService =
    a.tuple === null ||
    b.tuple === null ||
    (a.tuple.dport === b.tuple.dport && isSameAddress(a.tuple.dst, b.tuple.dst));
  if (!isSameService) return false;
  // RSTs that went astray in a train cannot belong to a connect that succeeded at once.
  if (a.source === 'log' && b.outcome === 'connected' && a.resets.untranslated > b.challengeAcks) {
    return false;
  }
  return distanceBetween(a, b) <= NEAR_SECONDS;
}

/** Seconds between two attempts, 0 where they overlap; an unknown time fits, less well than a known. */
function distanceBetween(a: Attempt, b: JoinedAttempt): number {
  if (a.begin === null || a.end === null || b.begin === null || b.end === null) {
    // Of attempts without a time the one that is still trying fits a snapshot of it.
    return a.outcome === b.outcome ? NEAR_SECONDS - 1 : NEAR_SECONDS;
  }
  const startsApart = Math.abs(secondsBetween(a.begin, b.begin));
  if (startsApart <= 1 || Math.abs(secondsBetween(a.end, b.end)) <= 1) return 0;
  const length = Math.max(b.end - b.begin, 0);
  if (startsApart <= length) return 0;
  return Math.min(startsApart - length, Math.abs(secondsBetween(a.end, b.begin)));
}

function alone({ source, ...attempt }: Attempt): JoinedAttempt {
  return { ...attempt, sources: new Set([source]) };
}

function join(a: JoinedAttempt, b: Attempt): JoinedAttempt {
  return {
    ...a,
    sources: new Set([...a.sources, b.source]),
    interceptionPort: a.interceptionPort ?? b.interceptionPort,
    tuple: a.tuple ?? b.tuple,
    begin: a.begin ?? b.begin,
    end: larger(a.end, b.end),
    syns: Math.max(a.syns, b.syns),
    challengeAcks: Math.max(a.challengeAcks, b.challengeAcks),
    resets: {
      translated: Math.max(a.resets.translated, b.resets.translated),
      untranslated: Math.max(a.resets.untranslated, b.resets.untranslated),
    },
    outcome: outcomeOf(a.outcome, b.outcome),
    snapshot: larger(a.snapshot, b.snapshot),
    evidence: [...a.evidence, ...b.evidence],
  };
}

function larger(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

/** A success is seen or not; a source that ends early does not undo it. */
function outcomeOf(a: Outcome, b: Outcome): Outcome {
  if (a === 'connected' || b === 'connected') return 'connected';
  return a === 'unknown' ? b : a;
}
