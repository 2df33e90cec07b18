import { count, someOf } from '../text-style.ts';
import type { ExplanationKernel, ExplanationTotals } from './explanation-report.ts';

/** More profiles than this are counted. */
const MOST_PROFILES = 8;

/**
 * Names the kernel that explains, and says how sure it is that it was this one.
 *
 * @example
 * kernelWords(kernel) // 'Linux 5.19.0 (profile 5.19.0, certain)'
 */
export function kernelWords({ title, profile, release, confidence }: ExplanationKernel): string {
  if (profile === null) return `unknown (${release ?? 'no release'})`;
  return title === null
    ? `${profile} (${confidence})`
    : `${title} (profile ${profile}, ${confidence})`;
}

/** Says which profiles these packets do not rule out; nothing where that was not asked. */
export function fitWords({ consistentProfiles, profile }: ExplanationKernel): string {
  if (consistentProfiles.length === 0) return '';
  const others = consistentProfiles.filter((id) => id !== profile);
  const names = someOf(others, MOST_PROFILES);
  if (others.length === consistentProfiles.length) return `${names}, by what these packets show.`;
  return others.length === 0
    ? 'No other profile would have done what these packets show.'
    : `${names} as well: these packets do not tell them apart.`;
}

/** Says in one sentence whether the packets agree with the kernel. */
export function agreementWords({ contradictedBy, profile }: ExplanationKernel): string {
  if (contradictedBy.length > 0) return 'The packets contradict it:';
  return profile === null ? '' : 'Every packet is what this kernel would have done.';
}

/** Says how much there is to explain. */
export function totalsWords({ packets, conversations, lineages }: ExplanationTotals): string {
  const ends = conversations === lineages ? '' : ` on ${count(lineages, 'pair')} of ends`;
  return `${count(packets, 'packet')} of ${count(conversations, 'connection')}${ends}.`;
}
