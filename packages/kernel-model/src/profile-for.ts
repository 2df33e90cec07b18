import { explainFate } from './affected.ts';
import { sameTracker } from './candidates.ts';
import type { CommitName } from './commit.ts';
import { ALL_COMMITS, commitFor } from './commits.ts';
import type { KernelPoint } from './kernel-point.ts';
import { alterProfile } from './make-profile.ts';
import type { Profile } from './profile.ts';
import { lesser, noMatch, type ProfileMatch } from './profile-match.ts';
import { shippedProfile } from './profiles.ts';
import { readCloud } from './releases/clouds.ts';
import { readDebian } from './releases/debian.ts';
import { readPlain } from './releases/plain.ts';
import { readRedHat } from './releases/red-hat.ts';
import { readRelease } from './releases/release.ts';
import { readSuse } from './releases/suse.ts';
import { readUbuntu } from './releases/ubuntu.ts';

/** Each knows the suffixes of its vendors; what is left is taken for a kernel of kernel.org. */
const READERS = [readDebian, readUbuntu, readSuse, readRedHat, readCloud];

const NO_KERNEL =
  'This names no kernel: expected a profile, or a release as uname -r prints it, for example 5.15.0-91-generic.';

/**
 * Finds the kernel profile of a machine and says how sure that is.
 *
 * Takes `uname -r`, `uname -a`, /proc/version, a profile's id, or an expression
 * `BASE-with-COMMIT-without-COMMIT` where BASE is an id or a `uname -r`. Never throws and never
 * guesses silently: a text that names no kernel, and a kernel of which nothing is known, give
 * `profile: null` and say so.
 *
 * @example
 * profileFor('5.14.21-150400.24.21-default').profile?.id // 'sles-15-sp4'
 * profileFor('6.1.192-without-challenge-ack-fix').profile?.id // '6.1.192-without-challenge-ack-fix'
 */
export function profileFor(release: string): ProfileMatch {
  const text = release.trim();
  // A host's name in uname -a may have -with- in it.
  if (/\s/.test(text)) return matchRelease(text);
  const [base = '', ...changes] = text.split(/-(?=with(?:out)?-)/);
  const match = matchRelease(base);
  return changes.length === 0 ? match : alterMatch(match, changes);
}

function matchRelease(text: string): ProfileMatch {
  const shipped = shippedProfile(text);
  if (shipped !== null) {
    const why = `${text} is the profile's own name. ${explainFate([shipped])}`;
    return { profile: shipped, confidence: 'certain', why, candidates: [shipped], probe: [] };
  }
  const release = readRelease(text);
  if (release === null) return noMatch(NO_KERNEL);
  if (isTooOld(release.kernel)) {
    return noMatch(`Nothing is known of kernels before 4.14, as ${release.name} is.`);
  }
  for (const reader of READERS) {
    const match = reader(release);
    if (match !== null) return match;
  }
  return readPlain(release);
}

/** Applies `with-X` and `without-X` in their order, the last word on a commit counts. */
function alterMatch(match: ProfileMatch, changes: readonly string[]): ProfileMatch {
  const added = new Set<CommitName>();
  const removed = new Set<CommitName>();
  for (const change of changes) {
    const [, word, name] = /^(with|without)-(.*)$/s.exec(change) ?? [];
    const commit = commitFor(name ?? '');
    if (commit === null) return noMatch(unknownCommit(name ?? ''));
    const [into, from] = word === 'with' ? [added, removed] : [removed, added];
    into.add(commit.name);
    from.delete(commit.name);
  }
  const alter = (profile: Profile): Profile => alterProfile(profile, [...added], [...removed]);
  const candidates = match.candidates.map(alter);
  const profile = match.profile === null ? null : alter(match.profile);
  const fate = explainFate(match.candidates);
  const ground = match.why.endsWith(fate) ? match.why.slice(0, -fate.length) : `${match.why} `;
  return {
    profile,
    // Nobody watched a commit on a base that it never met.
    confidence: lesser(match.confidence, 'likely'),
    why: `${ground}With what the expression changes: ${explainFate(candidates)}`,
    candidates: profile === null ? candidates : unlike(profile, candidates),
    probe: match.probe,
  };
}

/** A changed commit can make two candidates one. */
function unlike(profile: Profile, candidates: readonly Profile[]): readonly Profile[] {
  return [profile, ...candidates.filter((other) => !sameTracker(other, profile))];
}

/** Of 4.14 to 4.18 parts are known by neighbours, of older ones nothing. */
function isTooOld({ major, minor }: KernelPoint): boolean {
  return major < 4 || (major === 4 && minor < 14);
}

function unknownCommit(name: string): string {
  const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  const names = ALL_COMMITS.map((commit) => commit.name);
  return `"${shown}" is no commit that is known here: expected a hash or one of ${names.join(', ')}.`;
}
