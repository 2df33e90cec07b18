import { type Profile, profileFor } from '@tuplescope/kernel-model';
import { UsageError } from './usage-error.ts';

/** So many candidates are named before the rest is counted. */
const MAX_NAMED = 8;

/** Resolves a profile's id, a kernel release or an expression, or throws with the candidates. */
export function profileNamed(text: string): Profile {
  const { profile, why, candidates } = profileFor(text);
  if (profile !== null) return profile;
  const named = candidates.slice(0, MAX_NAMED).map(({ id }) => id);
  const more = candidates.length > MAX_NAMED ? ` and ${candidates.length - MAX_NAMED} more` : '';
  const list = named.length === 0 ? '' : ` Candidates: ${named.join(', ')}${more}.`;
  throw new UsageError(`no profile fits "${text}": ${why}${list}`);
}
