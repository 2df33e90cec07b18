import type { Family } from '../profile.ts';
import type { ProfileMatch } from '../profile-match.ts';
import { shippedProfile } from '../profiles.ts';
import { matchRange } from './match-range.ts';
import { RPM_CHANGELOG, RST_LOG } from './probes.ts';
import type { Release } from './release.ts';

interface Provider {
  readonly family: Family;
  /** What its kernels have in `uname -r` after the version. */
  readonly suffix: RegExp;
  readonly who: string;
  readonly rpm: boolean;
}

const PROVIDERS: readonly Provider[] = [
  { family: 'amazon', suffix: /\.amzn\d/, who: 'Amazon', rpm: true },
  { family: 'azure', suffix: /\.(?:azl|cm)\d/, who: 'Microsoft', rpm: true },
  { family: 'bottlerocket', suffix: /bottlerocket/i, who: 'Bottlerocket', rpm: false },
  // Container-Optimized OS prints a bare plus, as a local build of an unclean tree does.
  { family: 'gke', suffix: /^\+$|^[-+.]cos(?![a-z])/, who: 'Google', rpm: false },
];

/** Reads a release of a cloud provider's own distribution; null where it is none. */
export function readCloud({ kernel, suffix }: Release): ProfileMatch | null {
  const provider = PROVIDERS.find((one) => one.suffix.test(suffix));
  if (provider === undefined || kernel.candidate !== null) return null;
  const { family, who, rpm } = provider;
  const unread = family === 'amazon' && kernel.line === '4.14';
  const profile = unread ? shippedProfile('amazon-linux-2-4.14') : null;
  return matchRange({
    family,
    builder: 'other',
    first: kernel,
    last: kernel,
    guess: kernel,
    ...(profile !== null && { profile }),
    most: 'possible',
    said: `${who}'s own patches on ${kernel.line} were not seen.`,
    probe: rpm ? [RPM_CHANGELOG, RST_LOG] : [RST_LOG],
  });
}
