import { explainFate } from '../affected.ts';
import { alterProfile } from '../make-profile.ts';
import type { Profile } from '../profile.ts';
import { type Confidence, noMatch, type ProfileMatch } from '../profile-match.ts';
import { shippedProfile } from '../profiles.ts';
import { matchRange } from './match-range.ts';
import { RPM_CHANGELOG, RST_LOG } from './probes.ts';
import type { Release } from './release.ts';

const PROBE = [RPM_CHANGELOG, RST_LOG];

/** The build of SLES 15 SP4 that the incident was captured on. */
const CAPTURED = '24.21';
const CAPTURED_BUILD = 24;
const CAPTURED_REBUILD = 21;

// `-150400.24.21-default`: 15 is the product, 04 the service pack.
const SUFFIX = /^-150(\d)00\.(\d{1,4}(?:\.\d{1,4}){0,3})-[a-z]/;

/** Reads a SLES 15 release; null where it is none. */
export function readSuse(release: Release): ProfileMatch | null {
  const [, pack, build] = SUFFIX.exec(release.suffix) ?? [];
  if (pack === undefined || build === undefined) return null;
  if (pack === '3') return readPack3();
  if (pack === '4') return readPack4(build);
  if (pack === '5') return readPack5(release);
  return matchRange({
    family: 'suse',
    builder: 'other',
    first: release.kernel,
    last: release.kernel,
    guess: release.kernel,
    most: 'possible',
    said: `SUSE's own patches for SLES 15 SP${pack} were not seen.`,
    probe: PROBE,
  });
}

function readPack4(build: string): ProfileMatch {
  const profile = shippedProfile('sles-15-sp4');
  if (profile === null) return noMatch('The profile of SLES 15 SP4 is missing.');
  if (build === CAPTURED) {
    const why =
      "The incident was captured on this build, and both its cases follow from it; that it has reinit-syn-only rests on them and on SUSE's patch files.";
    return match([profile], 'likely', why);
  }
  const [major = 0, minor = 0] = build.split('.').map(Number);
  const earlier = major < CAPTURED_BUILD || (major === CAPTURED_BUILD && minor < CAPTURED_REBUILD);
  const other = earlier
    ? alterProfile(profile, [], ['reinit-syn-only'])
    : alterProfile(profile, ['challenge-ack-fix'], []);
  const why = earlier
    ? `SLES 15 SP4 is known at ${CAPTURED}; whether an earlier build has reinit-syn-only is not.`
    : `SLES 15 SP4 is known at ${CAPTURED}; a later build may have challenge-ack-fix.`;
  return match([profile, other], 'possible', why);
}

function readPack3(): ProfileMatch {
  const profile = shippedProfile('sles-15-sp3');
  if (profile === null) return noMatch('The profile of SLES 15 SP3 is missing.');
  const without = alterProfile(profile, [], ['reinit-syn-only']);
  const fixed = alterProfile(profile, ['challenge-ack-fix'], []);
  const why =
    'SUSE has a patch of reinit-syn-only for SLES 15 SP3; which builds have it, and whether some have the fix, is not known.';
  return match([profile, without, fixed], 'possible', why);
}

function readPack5({ name }: Release): ProfileMatch {
  const sibling = shippedProfile('sles-15-sp4');
  if (sibling === null) return noMatch('The profile of SLES 15 SP4 is missing.');
  const candidates = [sibling, alterProfile(sibling, ['challenge-ack-fix'], [])];
  const why = `${name} is of SLES 15 SP5, which stands on 5.14.21 as SP4 does; its patches were not seen. ${explainFate(candidates)}`;
  return { ...noMatch(why, candidates), probe: PROBE };
}

function match(candidates: readonly Profile[], confidence: Confidence, why: string): ProfileMatch {
  const profile = candidates[0] ?? null;
  const said = `${why} ${explainFate(candidates)}`;
  return { profile, confidence, why: said, candidates, probe: PROBE };
}
