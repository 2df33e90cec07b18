import type { ProfileMatch } from '../profile-match.ts';
import { lastKnownPoint, matchRange } from './match-range.ts';
import { RST_LOG } from './probes.ts';
import type { Release } from './release.ts';

/** Reads a release of kernel.org, or of a builder that nobody here knows. */
export function readPlain(release: Release): ProfileMatch {
  const { kernel, suffix } = release;
  const family = 'mainline';
  if (suffix === '') {
    const range = {
      family,
      builder: 'mainline',
      first: kernel,
      last: kernel,
      guess: kernel,
    } as const;
    return matchRange({ ...range, most: 'certain', said: '', probe: [RST_LOG] });
  }
  const builder = 'other';
  const stranger = `The suffix "${suffix}" names no vendor that is known here, so it may carry patches.`;
  // As in Debian's 6.1.0-47: a number of builds behind a .0 hides the upstream version.
  if (kernel.point === 0 && /^-\d/.test(suffix)) {
    const last = { ...kernel, point: lastKnownPoint(kernel.line) };
    const range = { family, builder, first: kernel, last, guess: kernel } as const;
    return matchRange({
      ...range,
      most: 'possible',
      said: `${stranger} Which ${kernel.line}.y it stands on is not known.`,
      probe: [RST_LOG],
    });
  }
  const range = { family, builder, first: kernel, last: kernel, guess: kernel } as const;
  return matchRange({ ...range, most: 'likely', said: stranger, probe: [RST_LOG] });
}
