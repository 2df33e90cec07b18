import { isAffected } from '../affected.ts';
import type { Profile } from '../profile.ts';
import { ALL_PROFILES } from '../profiles.ts';
import { createPod } from './create-pod.ts';
import { type IstioCaseNumber, istioCase } from './istio-case.ts';
import { applyMitigation, MITIGATIONS, type Mitigation } from './mitigation.ts';
import type { ConnectOutcome } from './pod.ts';

/** What becomes of one case on one kernel with one mitigation. */
export interface OutcomeCell {
  /** Id of the profile. */
  readonly profile: string;
  readonly affected: boolean;
  readonly case: IstioCaseNumber;
  readonly mitigation: Mitigation;
  /** `unavailable` where this kernel has no such sysctl. */
  readonly outcome: ConnectOutcome | 'unavailable';
  /** Seconds until the outcome; null where there is none. */
  readonly seconds: number | null;
}

const CASES: readonly IstioCaseNumber[] = [1, 2];

/**
 * Runs both cases of istio #43301 in a simulated pod, on each profile with each mitigation.
 *
 * @param profiles those that ship, where left out.
 */
export function outcomesTable(profiles: readonly Profile[] = ALL_PROFILES): OutcomeCell[] {
  return profiles.flatMap((profile) =>
    CASES.flatMap((number) =>
      MITIGATIONS.map((mitigation) => runCell(profile, number, mitigation)),
    ),
  );
}

function runCell(profile: Profile, number: IstioCaseNumber, mitigation: Mitigation): OutcomeCell {
  const { pod, connect } = istioCase(number, profile);
  const cell = { profile: profile.id, affected: isAffected(profile), case: number, mitigation };
  const options = applyMitigation(pod, mitigation, connect.to);
  if (options === null) return { ...cell, outcome: 'unavailable', seconds: null };
  const { outcome, seconds } = createPod(options).connect(connect);
  return { ...cell, outcome, seconds };
}

/**
 * Writes outcomes as a Markdown table: a row for each set of profiles that fare alike.
 *
 * A cell has the seconds after which connect() was connected, or `timed out`, or – where the kernel has
 * no such sysctl.
 */
export function formatOutcomes(cells: readonly OutcomeCell[]): string {
  const fates = new Map<string, string[]>();
  const profiles = [...new Set(cells.map(({ profile }) => profile))];
  for (const number of CASES) {
    for (const id of profiles) {
      const own = cells.filter((cell) => cell.case === number && cell.profile === id);
      const row = [`${number}`, ...own.map(showCell)].join(' | ');
      fates.set(row, [...(fates.get(row) ?? []), id]);
    }
  }
  const head = ['case', ...MITIGATIONS, 'profiles'].join(' | ');
  const rows = [...fates].map(([row, ids]) => `| ${row} | ${ids.join(', ')} |`);
  return [`| ${head} |`, `|${'---|'.repeat(MITIGATIONS.length + 2)}`, ...rows].join('\n');
}

function showCell({ outcome, seconds }: OutcomeCell): string {
  if (outcome === 'unavailable') return '–';
  if (outcome !== 'connected') return `**${outcome.replace('-', ' ')}**`;
  return `${(seconds ?? 0).toFixed(2)} s`;
}
