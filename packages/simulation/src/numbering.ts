import { addSerial } from '@tuplescope/net';
import type { ConnectFacts } from './connect-facts.ts';

/**
 * The sequence numbers of a run. On kernels that c7aab4f17021 affects everything hangs on where the RST's
 * number lies from that of the SYN: `ahead` of it the RST is INVALID, `behind` it the RST is valid.
 */
export interface Numbering {
  /** `captured`, or which half of all numbers stands in for those that nobody captured. */
  readonly half: 'captured' | 'ahead' | 'behind';
  /** Of the connect's SYN. */
  readonly isn: number;
  /** What the old socket expects, and so the RST carries. */
  readonly rcvNxt: number;
  /** What the old socket sends next. */
  readonly sndNxt: number;
}

/** Stand in for numbers of which nothing depends on the value itself. */
const SOME = { rcvNxt: 1_000_000_000, sndNxt: 2_000_000_000 };

/** The middle of a half. */
const QUARTER = 2 ** 30;

/**
 * Gives the numbers that a connect can be run with: those captured, or else one pair for each half.
 *
 * @example
 * numberings(facts).map(({ half }) => half) // ['ahead', 'behind']
 */
export function numberings({ isn, rcvNxt, sndNxt }: NumberFacts): readonly Numbering[] {
  const known = { sndNxt: sndNxt ?? SOME.sndNxt };
  if (isn !== null && rcvNxt !== null) return [{ half: 'captured', isn, rcvNxt, ...known }];
  return (['ahead', 'behind'] as const).map((half) => {
    // How far the RST lies from the SYN, on the circle.
    const distance = half === 'ahead' ? QUARTER : -QUARTER;
    if (isn !== null) return { half, isn, rcvNxt: addSerial(isn, distance), ...known };
    const expected = rcvNxt ?? SOME.rcvNxt;
    return { half, isn: addSerial(expected, -distance), rcvNxt: expected, ...known };
  });
}

/** Which numbers are known. */
export type NumberFacts = Pick<ConnectFacts, 'isn' | 'rcvNxt' | 'sndNxt'>;
