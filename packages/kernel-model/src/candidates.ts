import type { CommitName } from './commit.ts';
import { ALL_COMMITS } from './commits.ts';
import {
  compareMainline,
  formatKernelPoint,
  type KernelPoint,
  kernelPoint,
} from './kernel-point.ts';
import { alterProfile, makeProfile } from './make-profile.ts';
import { commitsAt } from './presence.ts';
import type { Family, Profile } from './profile.ts';
import { ALL_PROFILES } from './profiles.ts';

const TRACKER: ReadonlySet<CommitName> = new Set(
  ALL_COMMITS.filter(({ side }) => side === 'tracker').map(({ name }) => name),
);

/** Beyond this many undecided commits only none and all of them are candidates. */
const MOST_COMBINED = 2;

/** Gives the undecided commits of a kernel that would change the tracker's verdicts. */
export function undecidedAt(kernel: KernelPoint): readonly CommitName[] {
  return commitsAt(kernel).undecided.filter((name) => TRACKER.has(name));
}

/**
 * Gives the profile of a kernel by rule: a shipped one of its family or of mainline with the same
 * commits, else one made for this version, named by it.
 */
export function profileAt(kernel: KernelPoint, family: Family): Profile {
  const base = formatKernelPoint(kernel);
  const made = makeProfile({
    id: base,
    title: `Linux ${base}`,
    family: 'mainline',
    base,
    claims: [{ says: 'Its commits follow from the versions that brought them.', basis: 'assumed' }],
  });
  return shippedAlike(made, family);
}

/** Gives each different tracker that the kernels from one point of a line to another may have. */
export function candidatesBetween(
  first: KernelPoint,
  last: KernelPoint,
  family: Family,
): readonly Profile[] {
  const found = new Map<string, Profile>();
  let before = '';
  for (let point = first.point; point <= last.point; point++) {
    const kernel = { ...first, point };
    const { commits, undecided } = commitsAt(kernel);
    const now = `${commits.join()} ${undecided.join()}`;
    if (now === before) continue;
    before = now;
    for (const profile of candidatesAt(kernel, family)) {
      const key = trackerKey(profile);
      if (!found.has(key)) found.set(key, profile);
    }
  }
  return [...found.values()];
}

/** Says whether two profiles have the same tracker, whatever else differs. */
export function sameTracker(a: Profile, b: Profile): boolean {
  return trackerKey(a) === trackerKey(b);
}

function candidatesAt(kernel: KernelPoint, family: Family): readonly Profile[] {
  const open = undecidedAt(kernel);
  const guess = profileAt(kernel, family);
  const choices = open.length > MOST_COMBINED ? [[], open] : subsets(open);
  return choices.map((chosen) => {
    const rest = open.filter((name) => !chosen.includes(name));
    return shippedAlike(alterProfile(guess, chosen, rest), family);
  });
}

function subsets(names: readonly CommitName[]): readonly (readonly CommitName[])[] {
  const [head, ...rest] = names;
  if (head === undefined) return [[]];
  return subsets(rest).flatMap((set) => [set, [head, ...set]]);
}

/**
 * Gives the shipped profile with the same commits, or the made one. Only one whose name does not
 * mislead: of the same line, best of the same family, or the mainline release it goes back to.
 */
function shippedAlike(made: Profile, family: Family): Profile {
  const kernel = kernelPoint(made.base);
  const alike = ALL_PROFILES.filter((profile) => sameCommits(profile, made));
  const own = alike.filter((profile) => profile.family === family && isOnLine(profile, kernel));
  return (
    own.find((profile) => profile.base === made.base) ??
    own[0] ??
    alike.find((profile) => profile.family === 'mainline' && isAncestor(profile, kernel)) ??
    made
  );
}

function isOnLine({ base }: Profile, { line }: KernelPoint): boolean {
  return kernelPoint(base).line === line;
}

function isAncestor({ base }: Profile, kernel: KernelPoint): boolean {
  const ancestor = kernelPoint(base);
  if (ancestor.line === kernel.line) return ancestor.point <= kernel.point;
  return ancestor.point === 0 && compareMainline(ancestor, kernel) <= 0;
}

function sameCommits(a: Profile, b: Profile): boolean {
  return a.commits.join() === b.commits.join();
}

function trackerKey({ commits }: Profile): string {
  return commits.filter((name) => TRACKER.has(name)).join();
}
