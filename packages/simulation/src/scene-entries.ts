import {
  createPod,
  type EntryInput,
  type PodOptions,
  TrackerError,
} from '@tuplescope/kernel-model';
import { nameEntry } from './pod-entries.ts';

/** Keeps the entries that a pod's rules lead to, and says of the others why they are left out. */
export function reachableEntries(
  entries: readonly EntryInput[],
  pod: Omit<PodOptions, 'profile'>,
): { readonly entries: readonly EntryInput[]; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const kept = entries.filter((entry) => {
    try {
      createPod({ ...pod, profile: 'mainline-6.12', entries: [entry] });
      return true;
    } catch (error) {
      if (!(error instanceof TrackerError)) throw error;
      problems.push(`The entry ${nameEntry(entry)} is left out: ${error.message}.`);
      return false;
    }
  });
  return { entries: kept, problems };
}
