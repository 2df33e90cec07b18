import type { Mitigation } from '@tuplescope/collision-detector';

const BASES: Readonly<Record<Mitigation['verifiedBy'], string>> = {
  simulation: 'tried in a simulated pod that is built from this incident.',
  source: 'the source of the program or of the kernel; not tried here.',
  none: 'not verified.',
};

/**
 * Says what the answer on a mitigation rests on.
 *
 * @example
 * basisWords(mitigation) // 'not verified.'
 */
export function basisWords({ verifiedBy }: Mitigation): string {
  return BASES[verifiedBy];
}

/** Says whether a mitigation changes anything else. */
export function hasSideEffects({ sideEffects }: Mitigation): boolean {
  return sideEffects !== '' && !sideEffects.startsWith('None');
}
