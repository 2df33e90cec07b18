import type { Profile } from '@tuplescope/kernel-model';
import type { Contradiction } from './explanation.ts';

/** Whether a profile would have done what captures show. */
export interface ProfileComparison {
  readonly profile: Profile;
  /** The packets that it would have treated otherwise, in the order of time; empty: it fits. */
  readonly contradictions: readonly Contradiction[];
}
