import type { Backport, Commit, CommitName } from './commit.ts';
import { ALL_COMMITS, sortCommits } from './commits.ts';
import { compareMainline, type KernelPoint, kernelPoint } from './kernel-point.ts';

/** Whether a kernel has a commit. */
export interface Presence {
  /** The answer; where it is not sure, the better guess. */
  readonly has: boolean;
  /** The versions known with and without it decide; no guess. */
  readonly sure: boolean;
}

/** The commits of a kernel, as far as the versions of backports tell. */
export interface CommitsAt {
  /** Sorted; an undecided commit is among them when that is the better guess. */
  readonly commits: readonly CommitName[];
  /** Commits of which it is not known whether this kernel has them. */
  readonly undecided: readonly CommitName[];
}

interface MainlineSpan {
  readonly first: KernelPoint;
  readonly lastWithout: KernelPoint | null;
}

/** The versions of each commit, read once. */
const MAINLINE: ReadonlyMap<CommitName, MainlineSpan> = new Map(
  ALL_COMMITS.map((commit) => [commit.name, mainlineOf(commit)]),
);

/** Says whether a kernel has a commit, from the commit's mainline version and its backports. */
export function presenceOf(commit: Commit, kernel: KernelPoint): Presence {
  return inMainline(commit, kernel) ?? inBackports(commit.backports, kernel);
}

/**
 * Gives the commits of an upstream or Red Hat 8 kernel by rule, with those that stay undecided.
 *
 * @example
 * commitsAt(kernelPoint('6.1.8')).commits.includes('challenge-ack-fix') // false
 */
export function commitsAt(kernel: KernelPoint): CommitsAt {
  const commits: CommitName[] = [];
  const undecided: CommitName[] = [];
  for (const commit of ALL_COMMITS) {
    const { has, sure } = presenceOf(commit, kernel);
    if (has) commits.push(commit.name);
    if (!sure) undecided.push(commit.name);
  }
  return { commits: sortCommits(commits), undecided };
}

function mainlineOf({ since, lastWithout }: Commit): MainlineSpan {
  return {
    first: kernelPoint(since),
    lastWithout: lastWithout === undefined ? null : kernelPoint(lastWithout),
  };
}

/** What mainline alone says; null where only a backport can have brought the commit. */
function inMainline(commit: Commit, kernel: KernelPoint): Presence | null {
  const { first, lastWithout } = MAINLINE.get(commit.name) ?? mainlineOf(commit);
  const sameCycle = kernel.major === first.major && kernel.minor === first.minor;
  // `since: '6.1'` names no candidate: any of 6.1's may have been the first.
  if (sameCycle && kernel.candidate !== null && first.candidate === null) {
    return { has: true, sure: false };
  }
  if (compareMainline(kernel, first) >= 0) return { has: true, sure: true };
  if (lastWithout === null) return null;
  const between = compareMainline(kernel, lastWithout) > 0;
  return between ? { has: false, sure: false } : null;
}

function inBackports(backports: readonly Backport[], kernel: KernelPoint): Presence {
  const entry = backports.find(({ line }) => line === kernel.line);
  if (entry === undefined || kernel.point <= entry.lastWithout) return { has: false, sure: true };
  if (entry.from === null) return { has: false, sure: false };
  if (kernel.point >= entry.from) return { has: true, sure: true };
  // Between the last known without it and the first known with it: the nearer one is the guess.
  const has = entry.from - kernel.point <= kernel.point - entry.lastWithout;
  return { has, sure: false };
}
