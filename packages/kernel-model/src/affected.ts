import type { CommitName } from './commit.ts';

/** What is asked of a profile here: its commits. */
interface HasCommits {
  readonly commits: readonly CommitName[];
}

/**
 * Says whether istio issue 43301 strikes this kernel: it has reinit-syn-only (c7aab4f17021) and
 * lacks challenge-ack-fix (c410cb974f2b).
 *
 * On such a kernel, when a connect's SYN meets an old socket that answers with a challenge ACK, the
 * RST that should clear the old socket is INVALID for half of all sequence numbers.
 *
 * @example
 * isAffected({ commits: ['reinit-syn-only'] }) // true
 */
export function isAffected({ commits }: HasCommits): boolean {
  return commits.includes('reinit-syn-only') && !commits.includes('challenge-ack-fix');
}

/** Says in a sentence why istio issue 43301 strikes this kernel, or why not. */
export function explainAffected(profile: HasCommits): string {
  if (isAffected(profile)) {
    return 'Affected by istio #43301: it has reinit-syn-only (c7aab4f17021) and lacks challenge-ack-fix (c410cb974f2b).';
  }
  if (profile.commits.includes('challenge-ack-fix')) {
    return 'Not affected by istio #43301: it has challenge-ack-fix (c410cb974f2b).';
  }
  return 'Not affected by istio #43301: it lacks reinit-syn-only (c7aab4f17021), the cause.';
}

/** Says of all candidates at once whether istio #43301 strikes. */
export function explainFate(candidates: readonly HasCommits[]): string {
  const affected = candidates.filter(isAffected).length;
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return explainAffected(only);
  if (affected === 0) return 'None of the candidates is affected by istio #43301.';
  if (affected === candidates.length) return 'Every candidate is affected by istio #43301.';
  return `Of ${candidates.length} candidates, ${affected} would be affected by istio #43301.`;
}
