import type { Profile } from './profile.ts';

/**
 * How sure a match is of what the tracker does (log texts, NAT searches and sockets apart).
 *
 * - `certain`: this very kernel was recorded, or its source read, or a profile was named by its id.
 * - `likely`: the versions of the backports leave one answer, or a vendor's patches do.
 * - `possible`: several answers remain, or patches that nobody saw; see the candidates.
 * - `unknown`: nothing decides.
 */
export type Confidence = 'certain' | 'likely' | 'possible' | 'unknown';

/** Something to look at on the node that narrows the candidates. */
export interface Probe {
  /** What the answer decides, a sentence. */
  readonly decides: string;
  /** A shell command that changes nothing. */
  readonly command: string;
}

/** What `profileFor` answers. */
export interface ProfileMatch {
  /** The profile that fits best; null where no choice has a ground. */
  readonly profile: Profile | null;
  readonly confidence: Confidence;
  /** Why this profile and this confidence, one to three sentences. */
  readonly why: string;
  /** Every profile that may be the right one; the match's own among them where there is one. */
  readonly candidates: readonly Profile[];
  /** What decides between the candidates, the cheapest first; empty where nothing is open. */
  readonly probe: readonly Probe[];
}

const ORDER: readonly Confidence[] = ['unknown', 'possible', 'likely', 'certain'];

/** Gives the less sure of two. */
export function lesser(a: Confidence, b: Confidence): Confidence {
  return ORDER.indexOf(a) < ORDER.indexOf(b) ? a : b;
}

/** A match that fits nothing. */
export function noMatch(why: string, candidates: readonly Profile[] = []): ProfileMatch {
  return { profile: null, confidence: 'unknown', why, candidates, probe: [] };
}
