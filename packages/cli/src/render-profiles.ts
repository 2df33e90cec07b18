import type { OutcomeCell } from '@tuplescope/kernel-model';
import wrapAnsi from 'wrap-ansi';
import type { ToldMatch, ToldProfile } from './profiles.ts';
import { renderTable } from './render-table.ts';

/** Renders the list of profiles: a row each. */
export function renderProfiles(profiles: readonly ToldProfile[]): string {
  const rows = profiles.map(({ id, title, affected, commits }) => [
    id,
    affected ? 'affected' : '-',
    String(commits.length),
    title,
  ]);
  return renderTable(['profile', 'istio #43301', 'commits', 'kernel'], rows);
}

/** Renders what becomes of each case on each profile: a row each, a column a mitigation. */
export function renderOutcomes(cells: readonly OutcomeCell[]): string {
  const mitigations = [...new Set(cells.map(({ mitigation }) => mitigation))];
  const rows = new Map<string, string[]>();
  for (const cell of cells) {
    const key = `${cell.profile} ${cell.case}`;
    const row = rows.get(key) ?? [cell.profile, String(cell.case)];
    row.push(outcomeText(cell));
    rows.set(key, row);
  }
  return renderTable(['profile', 'case', ...mitigations], [...rows.values()]);
}

function outcomeText({ outcome, seconds }: OutcomeCell): string {
  if (outcome === 'unavailable') return 'no such sysctl';
  return outcome === 'connected' ? `${(seconds ?? 0).toFixed(2)} s` : outcome;
}

/** Renders what a release resolves to, and how sure that is. */
export function renderMatch(match: ToldMatch, width: number): string {
  const { release, profile, confidence, why, candidates, probe } = match;
  const lines = [
    wrapAnsi(
      profile === null
        ? `${release}: no profile fits (${confidence}).`
        : `${release}: ${profile.id}, ${profile.title} (${confidence}).`,
      width,
    ),
    wrapAnsi(why, width),
  ];
  if (profile !== null) {
    lines.push(wrapAnsi(profile.why, width));
    lines.push(wrapAnsi(`Commits: ${profile.commits.join(', ') || 'none'}.`, width));
    for (const { says, basis } of profile.claims)
      lines.push(wrapAnsi(`- ${says} (${basis})`, width));
    for (const note of profile.notes) lines.push(wrapAnsi(`- ${note}`, width));
  }
  const others = candidates.filter((id) => id !== profile?.id);
  if (others.length > 0) lines.push(wrapAnsi(`May also be: ${others.join(', ')}.`, width));
  for (const { decides, command } of probe)
    lines.push(`${wrapAnsi(decides, width)}\n  $ ${command}`);
  return `${lines.join('\n')}\n`;
}
