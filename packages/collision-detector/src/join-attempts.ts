import { isSameAddress } from '@tuplescope/net';
import type { Attempt, Outcome } from './attempt.ts';
import { secondsApart } from './times.ts';

/** Listings and logs of one connect lie this near to it; snapshots are seconds apart. */
const NEAR_SECONDS = 15;

/** One connect as all sources together show it. */
export interface JoinedAttempt extends Omit<Attempt, 'source'> {
  readonly sources: ReadonlySet<Attempt['source']>;
}

/**
 * Joins what several sources show of the same connect. Packets tell connects apart best (each has
 * its own initial sequence number), so they come first; the rest is joined to the attempt of the
 * same port that is nearest in time and does not contradict it, or stands alone.
 */
export function joinAttempts(attempts: readonly Attempt[]): JoinedAttempt[] {
  const order: readonly Attempt['source'][] = ['packets', 'events', 'snapshot', 'log'];
  const joined: JoinedAttempt[] = [];
  for (const source of order) {
    const before = joined.length;
    for (const attempt of attempts) {
      if (attempt.source !== source) continue;
      const candidates = source === 'packets' ? joined.slice(before, before) : joined;
      const at = nearest(attempt, candidates);
      if (at < 0) joined.push(alone(attempt));
      else joined[at] = join(joined[at] as JoinedAttempt, attempt);
    }
  }
  return joined;
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
  if (a.port !== b.port || !isSameAddress(a.client, b.client)) return false;
  const sameDestination =
    a.tuple === null ||
    b.tuple === null ||
    (a.tuple.dport === b.tuple.dport && isSameAddress(a.tuple.dst, b.tuple.dst));
  if (!sameDestination) return false;
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
  if (secondsApart(a.begin, b.begin) <= 1 || secondsApart(a.end, b.end) <= 1) return 0;
  const length = Math.max(b.end - b.begin, 0);
  const after = secondsApart(a.begin, b.begin);
  return after <= length ? 0 : Math.min(after - length, secondsApart(a.end, b.begin));
}

function alone({ source, ...attempt }: Attempt): JoinedAttempt {
  return { ...attempt, sources: new Set([source]) };
}

function join(a: JoinedAttempt, b: Attempt): JoinedAttempt {
  const latest = (x: number | null, y: number | null): number | null =>
    x === null || y === null ? (x ?? y) : Math.max(x, y);
  return {
    ...a,
    sources: new Set([...a.sources, b.source]),
    interceptionPort: a.interceptionPort ?? b.interceptionPort,
    tuple: a.tuple ?? b.tuple,
    begin: a.begin ?? b.begin,
    end: latest(a.end, b.end),
    syns: Math.max(a.syns, b.syns),
    challengeAcks: Math.max(a.challengeAcks, b.challengeAcks),
    resets: {
      translated: Math.max(a.resets.translated, b.resets.translated),
      untranslated: Math.max(a.resets.untranslated, b.resets.untranslated),
    },
    outcome: outcomeOf(a.outcome, b.outcome),
    snapshot: latest(a.snapshot, b.snapshot),
    evidence: [...a.evidence, ...b.evidence],
  };
}

/** A success is seen or not; a source that ends early does not undo it. */
function outcomeOf(a: Outcome, b: Outcome): Outcome {
  if (a === 'connected' || b === 'connected') return 'connected';
  return a === 'unknown' ? b : a;
}
