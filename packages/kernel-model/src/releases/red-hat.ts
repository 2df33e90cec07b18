import { explainFate } from '../affected.ts';
import { alterProfile } from '../make-profile.ts';
import type { Profile } from '../profile.ts';
import { noMatch, type ProfileMatch } from '../profile-match.ts';
import { shippedProfile } from '../profiles.ts';
import { lastKnownPoint, matchRange } from './match-range.ts';
import { RPM_CHANGELOG, RST_LOG } from './probes.ts';
import type { Release } from './release.ts';

const PROBE = [RPM_CHANGELOG, RST_LOG];

/** Reads a release of Red Hat and its rebuilds (el7 to el10, Fedora); null where it is none. */
export function readRedHat(release: Release): ProfileMatch | null {
  const { kernel, suffix } = release;
  if (kernel.line === 'el8') return readEl8(release);
  if (/\.el\d+uek/.test(suffix)) return readRebased(release, "Oracle's UEK");
  if (/\.el9(?![0-9])/.test(suffix)) return readEl9(release);
  if (/\.el10(?![0-9])/.test(suffix)) return readRebased(release, 'RHEL 10');
  if (/\.fc\d/.test(suffix)) return readRebased(release, 'Fedora');
  if (!/\.el\d/.test(suffix)) return null;
  return noMatch(`Nothing is known of the kernel of ${release.name}.`);
}

/** 4.18.0-N.el8 goes by its build number N; updates of a minor release (N.x.y) were not read. */
function readEl8({ name, kernel }: Release): ProfileMatch {
  const update = !/^4\.18\.0-\d+\.el8/.test(name);
  const last = lastKnownPoint('el8');
  const newer = kernel.point > last;
  const newest = shippedProfile('rhel-8-394');
  const alternatives =
    newest !== null && newer ? [alterProfile(newest, ['challenge-ack-fix'], [])] : [];
  const said = newer
    ? `4.18.0-${last} is the newest RHEL 8 kernel read; a later one may have challenge-ack-fix.`
    : update
      ? 'It is an update of a minor release, which may carry more than its build number says.'
      : '';
  return matchRange({
    family: 'red-hat',
    builder: 'red-hat',
    first: kernel,
    last: kernel,
    guess: kernel,
    alternatives,
    most: update ? 'likely' : 'certain',
    said,
    probe: PROBE,
  });
}

/** No source of RHEL 9's 5.14 was to be had: nothing but a look decides. */
function readEl9({ name }: Release): ProfileMatch {
  const plain = shippedProfile('mainline-5.14');
  const candidates: readonly Profile[] =
    plain === null
      ? []
      : [
          plain,
          alterProfile(plain, ['reinit-synack', 'reinit-syn-only'], []),
          alterProfile(plain, ['reinit-synack', 'reinit-syn-only', 'challenge-ack-fix'], []),
        ];
  const why = `${name} stands on 5.14 with patches of Red Hat's that were not seen: some minor releases probably have reinit-syn-only, later ones the fix. ${explainFate(candidates)}`;
  return { ...noMatch(why, candidates), probe: PROBE };
}

function readRebased({ kernel }: Release, who: string): ProfileMatch {
  return matchRange({
    family: 'red-hat',
    builder: 'other',
    first: kernel,
    last: kernel,
    guess: kernel,
    most: 'possible',
    said: `${who}'s own patches on ${kernel.line} were not seen.`,
    probe: PROBE,
  });
}
