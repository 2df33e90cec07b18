import { makeProfile } from './make-profile.ts';
import type { Profile } from './profile.ts';
import { CLOUDS } from './profiles/clouds.ts';
import { DEBIAN } from './profiles/debian.ts';
import { MAINLINE } from './profiles/mainline.ts';
import { RED_HAT } from './profiles/red-hat.ts';
import { SUSE } from './profiles/suse.ts';
import { UBUNTU } from './profiles/ubuntu.ts';

/** Every profile that ships: mainline by age, then the distributions, then the clouds. */
export const ALL_PROFILES: readonly Profile[] = [
  ...MAINLINE,
  ...DEBIAN,
  ...UBUNTU,
  ...RED_HAT,
  ...SUSE,
  ...CLOUDS,
].map(makeProfile);

const BY_ID: ReadonlyMap<string, Profile> = new Map(
  ALL_PROFILES.map((profile) => [profile.id, profile]),
);

/** Finds a shipped profile by its id, or null; `profileFor` reads kernel versions too. */
export function shippedProfile(id: string): Profile | null {
  return BY_ID.get(id) ?? null;
}
