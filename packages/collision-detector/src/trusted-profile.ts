import { type Profile, profileFor } from '@tuplescope/kernel-model';
import type { KernelAssessment } from './assess-kernel.ts';

/** Gives the profile of the incident's kernel; null where none is known, or packets contradict it. */
export function trustedProfile({ profile, contradictedBy }: KernelAssessment): Profile | null {
  return profile === null || contradictedBy.length > 0 ? null : profileFor(profile).profile;
}
