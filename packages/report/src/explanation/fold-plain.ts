import type { Explanation } from '@tuplescope/packet-explainer';
import { isOdd } from './packet-notice.ts';

/** One step of a ladder: a packet, or packets in health that are only counted. */
export type LadderStep = Explanation | readonly Explanation[];

/** A run of so many packets in health is shown whole. */
const LONGEST_RUN = 12;

/** Of a longer run these many are shown, before and after those that are counted. */
const SHOWN_ENDS = 3;

/**
 * Takes long runs of packets in health together: of a transfer of a million packets one wants to
 * see how it began, how it ended, and what went wrong.
 */
export function foldPlain(explanations: readonly Explanation[]): LadderStep[] {
  const steps: LadderStep[] = [];
  for (let from = 0; from < explanations.length; ) {
    let to = from;
    while (to < explanations.length && !isOdd(explanations[to] as Explanation)) to++;
    if (to - from <= LONGEST_RUN) {
      for (let i = from; i < to; i++) steps.push(explanations[i] as Explanation);
    } else {
      steps.push(...explanations.slice(from, from + SHOWN_ENDS));
      steps.push(explanations.slice(from + SHOWN_ENDS, to - SHOWN_ENDS));
      steps.push(...explanations.slice(to - SHOWN_ENDS, to));
    }
    if (to < explanations.length) steps.push(explanations[to] as Explanation);
    from = to + 1;
  }
  return steps;
}

/** Says whether a step is packets that are only counted. */
export function isFold(step: LadderStep): step is readonly Explanation[] {
  return Array.isArray(step);
}
