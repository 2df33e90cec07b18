import type { Profile } from './profile.ts';
import { ALL_PROFILES } from './profiles.ts';

/**
 * Gives the profile of the newest kernel of kernel.org that ships: what stands in where nothing names
 * the kernel.
 *
 * @example
 * newestMainline().family // 'mainline'
 */
export function newestMainline(): Profile {
  return ALL_PROFILES.findLast(({ family }) => family === 'mainline') as Profile;
}
