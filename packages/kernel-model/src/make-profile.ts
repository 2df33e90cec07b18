import type { CommitName } from './commit.ts';
import { sortCommits } from './commits.ts';
import { kernelPoint } from './kernel-point.ts';
import { commitsAt } from './presence.ts';
import type { Profile, Recipe } from './profile.ts';
import { defaultSysctls } from './sysctls.ts';

/** Makes a profile from a recipe: the base's commits by rule, then what the recipe changes. */
export function makeProfile(recipe: Recipe): Profile {
  const { id, title, family, base, claims, notes = [] } = recipe;
  const { with: added = [], without: removed = [] } = recipe;
  const at = commitsAt(kernelPoint(base));
  const named: readonly CommitName[] = [...added, ...removed];
  const open = at.undecided.filter((name) => !named.includes(name));
  const commits = changeCommits(at.commits, added, removed);
  const openNotes = open.map(
    (name) =>
      `Not known whether it has ${name}; taken as ${commits.includes(name) ? 'present' : 'absent'}.`,
  );
  return {
    id,
    title,
    family,
    base,
    commits,
    sysctls: defaultSysctls(commits),
    claims,
    notes: [...notes, ...openNotes],
  };
}

/**
 * Gives a profile with commits added and removed; unchanged, the same profile. Its id is an
 * expression that `profileFor` reads back.
 *
 * @example
 * alterProfile(sles, ['challenge-ack-fix'], []).id // 'sles-15-sp4-with-challenge-ack-fix'
 */
export function alterProfile(
  profile: Profile,
  added: readonly CommitName[],
  removed: readonly CommitName[],
): Profile {
  const commits = changeCommits(profile.commits, added, removed);
  const gained = commits.filter((name) => !profile.commits.includes(name));
  const lost = profile.commits.filter((name) => !commits.includes(name));
  if (gained.length === 0 && lost.length === 0) return profile;
  const words = [
    ...gained.map((name) => ['with', name] as const),
    ...lost.map((name) => ['without', name] as const),
  ];
  return {
    ...profile,
    id: profile.id + words.map(([word, name]) => `-${word}-${name}`).join(''),
    title: `${profile.title}, ${words.map(([word, name]) => `${word} ${name}`).join(', ')}`,
    commits,
    sysctls: defaultSysctls(commits),
    claims: [
      ...profile.claims,
      ...words.map(([word, name]) => ({
        says: `It is taken ${word} ${name}.`,
        basis: 'assumed' as const,
      })),
    ],
  };
}

function changeCommits(
  commits: readonly CommitName[],
  added: readonly CommitName[],
  removed: readonly CommitName[],
): readonly CommitName[] {
  return sortCommits([...commits, ...added].filter((name) => !removed.includes(name)));
}
