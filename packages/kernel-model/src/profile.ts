import type { Claim } from './basis.ts';
import type { CommitName } from './commit.ts';
import type { Sysctls } from './sysctls.ts';

/** Whose kernel a profile describes. */
export type Family =
  | 'mainline'
  | 'debian'
  | 'ubuntu'
  | 'red-hat'
  | 'suse'
  | 'amazon'
  | 'gke'
  | 'azure'
  | 'bottlerocket';

/** What one kernel does: a set of commits, and the sysctls that a new namespace starts with. */
export interface Profile {
  /** Kebab-case name, or a kernel version; `profileFor(id)` finds the profile again. */
  readonly id: string;
  /** What a reader calls it, `SLES 15 SP4, 5.14.21`. */
  readonly title: string;
  readonly family: Family;
  /** The version that the commits were counted from: `5.14.21`, `4.18.0-394.el8`. */
  readonly base: string;
  /** The behaviour differences that it has, sorted; all behaviour follows from them. */
  readonly commits: readonly CommitName[];
  readonly sysctls: Sysctls;
  /** How its contents are known, statement by statement. */
  readonly claims: readonly Claim[];
  /** What is open or odd about it; empty where nothing is. */
  readonly notes: readonly string[];
}

/** A profile as it is written down: a base and what differs from it. */
export interface Recipe {
  readonly id: string;
  readonly title: string;
  readonly family: Family;
  readonly base: string;
  readonly with?: readonly CommitName[];
  readonly without?: readonly CommitName[];
  readonly claims: readonly Claim[];
  readonly notes?: readonly string[];
}
