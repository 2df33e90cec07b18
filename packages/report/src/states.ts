import type { ReportFinding } from './report.ts';

/** What each state is called where it stands alone; the worst first. */
export const STATE_TITLES: Readonly<Record<ReportFinding['state'], string>> = {
  active: 'Active',
  latent: 'Latent',
  past: 'Past',
};

/**
 * Counts findings by state, the worst first.
 *
 * @example
 * countStates(report.findings) // '1 active, 2 past'
 */
export function countStates(findings: readonly ReportFinding[]): string {
  const states = Object.keys(STATE_TITLES)
    .map((state) => [findings.filter((one) => one.state === state).length, state] as const)
    .filter(([number]) => number > 0);
  return states.length === 0
    ? 'nothing found'
    : states.map(([number, state]) => `${number} ${state}`).join(', ');
}
