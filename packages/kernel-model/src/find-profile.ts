import type { Profile } from './profile.ts';
import { profileFor } from './profile-for.ts';
import { TrackerError } from './tracker-error.ts';

/**
 * Takes a profile, or finds the one that a text names: an id, a `uname -r`, an expression.
 *
 * @throws {TrackerError} `unknown-profile` with the candidates, where there is not exactly one.
 */
export function findProfile(profile: Profile | string): Profile {
  if (typeof profile !== 'string') return profile;
  const { profile: found, candidates, why } = profileFor(profile);
  if (found !== null) return found;
  const ids = candidates.map(({ id }) => id).join(', ');
  const allowed = ids === '' ? 'the id of a profile or a kernel release' : `one of ${ids}`;
  throw new TrackerError('unknown-profile', 'profile', profile, `${allowed} (${why})`);
}
