import type { Segment, Tracker, Verdict } from '@tuplescope/kernel-model';

/**
 * Says why a verdict and what the captures show exclude each other; null where they do not.
 *
 * @param mayBeLiberal nobody captured whether nf_conntrack_tcp_be_liberal is set.
 */
export function contradictionOf(
  verdict: Verdict,
  seen: boolean | null,
  mayBeLiberal: boolean,
): string | null {
  const { ctstate, nat } = verdict;
  const translates = nat.kind !== 'none';
  if (seen === null || seen === translates) return null;
  if (!seen) {
    return `This kernel calls it ${ctstate} and translates it; the capture shows it untranslated.`;
  }
  // The reason takes long to work out, and is asked for only here.
  const { upperBound, lowerBound } = verdict.reason.values;
  const isWindow = upperBound !== undefined || lowerBound !== undefined;
  const unless = mayBeLiberal && isWindow ? ', unless nf_conntrack_tcp_be_liberal is 1' : '';
  return `This kernel calls it ${ctstate} and leaves it untranslated${unless}; the capture shows it translated.`;
}

/**
 * Brings a tracker to where the captured kernel was after a packet that the two judged otherwise: as
 * though it had never come where that one called it INVALID, and as accepted where it did not.
 */
export function resume(tracker: Tracker, segment: Segment, { ctstate, reason }: Verdict): void {
  tracker.takeBack();
  if (ctstate !== 'INVALID') return;
  const { upperBound } = reason.values;
  // The same packet with the last number that this kernel takes has the effect that it had there.
  if (upperBound !== undefined) tracker.judge({ ...segment, seq: (upperBound - 1) | 0 });
}
