import { type Profile, profileFor } from '@tuplescope/kernel-model';

/** So many candidates are named. */
const MOST_NAMED = 8;

/**
 * Gives the profile of a kernel release or of that name.
 *
 * @throws with the candidates, where there is none.
 */
export function profileNamed(text: string): Profile {
  const { profile, why, candidates } = profileFor(text);
  if (profile !== null) return profile;
  const named = candidates.slice(0, MOST_NAMED).map(({ id }) => id);
  const list = named.length === 0 ? '' : ` It may be one of: ${named.join(', ')}.`;
  throw new Error(`No kernel is known by "${text}". ${why}${list}`);
}
