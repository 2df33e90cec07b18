import { ALL_COMMITS, type Profile, profileFor, type Sysctls } from '@tuplescope/kernel-model';
import type { CapturedPackets } from './captured-packets.ts';
import { compareProfiles } from './compare-profiles.ts';

/**
 * Finds kernels that differ from a profile in one commit and could have done what captures show: what
 * a kernel is likely to be whose `uname` names a profile that its packets contradict.
 *
 * @example
 * nearestProfiles(packets, profile).map(({ id }) => id)
 * // ['debian-12-6.1.192-without-challenge-ack-fix']
 */
export function nearestProfiles(
  packets: CapturedPackets,
  { id, commits }: Profile,
  sysctls: Readonly<Partial<Sysctls>> = {},
): Profile[] {
  const neighbours = ALL_COMMITS.filter(
    ({ side }) => side === 'tracker' || side === 'socket',
  ).flatMap(({ name }) => {
    const change = commits.includes(name) ? 'without' : 'with';
    return profileFor(`${id}-${change}-${name}`).profile ?? [];
  });
  return compareProfiles(packets, { profiles: neighbours, sysctls })
    .filter(({ contradictions }) => contradictions.length === 0)
    .map(({ profile }) => profile);
}
