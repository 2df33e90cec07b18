import type { Report } from '@tuplescope/report';

/** From which state on `analyze` exits with 1; the states before it are milder. */
export const FAIL_ON: readonly string[] = ['latent', 'past', 'active', 'never'];

/** Gives 1 where a finding is at or above the state, else 0. */
export function exitCodeOf({ findings }: Report, failOn: string): 0 | 1 {
  const from = FAIL_ON.indexOf(failOn);
  return findings.some(({ state }) => FAIL_ON.indexOf(state) >= from) ? 1 : 0;
}
