import { MITIGATIONS } from '@tuplescope/kernel-model';
import pc from 'picocolors';
import wrapAnsi from 'wrap-ansi';
import { renderTable } from './render-table.ts';
import type { SimulateAnswer, ToldRun } from './simulate-answer.ts';
import type { AnswerStyle } from './write-answer.ts';

/** Profiles that fare alike, and how. */
interface Group {
  readonly profiles: readonly string[];
  readonly cells: readonly string[];
}

/**
 * Renders outcomes as a table: a row for profiles that fare alike, a column for each mitigation, and
 * below it which profiles the rows stand for. The row of the incident's own kernel stands first.
 */
export function outcomeTable(answer: SimulateAnswer, { color, width }: AnswerStyle): string {
  const paint = pc.createColors(color);
  const { runs, unavailable, kernel } = answer;
  const tried = new Set([...runs, ...unavailable].map(({ mitigation }) => mitigation ?? 'none'));
  const mitigations = MITIGATIONS.filter((name) => tried.has(name));
  const groups = groupsOf(answer, mitigations);
  const own = groups.findIndex(({ profiles }) => profiles.includes(kernel.profile ?? ''));
  const ordered = own <= 0 ? groups : [groups[own] as Group, ...groups.toSpliced(own, 1)];
  const isSingle = ordered.every(({ profiles }) => profiles.length === 1);
  const labelOf = ({ profiles }: Group, i: number): string =>
    isSingle ? (profiles[0] as string) : String.fromCharCode(65 + (i % 26));
  const head = ['', ...mitigations.map((name) => name.replace(/-(?=[^-]*$)/, '-\n'))];
  const rows = ordered.map((group, i) => [
    labelOf(group, i),
    ...group.cells.map((cell) => (/timed|refused/.test(cell) ? paint.red(cell) : cell)),
  ]);
  const table = renderTable(head, rows);
  if (isSingle) return table;
  const legend = ordered.map((group, i) => {
    const names = group.profiles.map((id) =>
      id === kernel.profile ? `${paint.bold(id)} (this incident's kernel)` : id,
    );
    const named = group.profiles.includes(kernel.profile ?? '') ? ownFirst(names) : names;
    const text = wrapAnsi(named.join(', '), Math.max(30, width - 3));
    return `${labelOf(group, i)}  ${text.replaceAll('\n', '\n   ')}\n`;
  });
  return `${table}\n${legend.join('')}`;
}

function ownFirst(names: readonly string[]): string[] {
  const own = names.filter((name) => name.includes("(this incident's kernel)"));
  return [...own, ...names.filter((name) => !own.includes(name))];
}

function groupsOf({ runs, unavailable }: SimulateAnswer, mitigations: readonly string[]): Group[] {
  const profiles = [...new Set([...runs, ...unavailable].map(({ profile }) => profile))];
  const byKey = new Map<string, ToldRun[]>();
  for (const run of runs) {
    const key = `${run.profile} ${run.mitigation ?? 'none'}`;
    byKey.set(key, [...(byKey.get(key) ?? []), run]);
  }
  const groups = new Map<string, { profiles: string[]; cells: string[] }>();
  for (const profile of profiles) {
    const cells = mitigations.map((name) => cellOf(byKey.get(`${profile} ${name}`) ?? []));
    const key = cells.join('|');
    const group = groups.get(key) ?? { profiles: [], cells };
    group.profiles.push(profile);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** `0.01 s` until it is connected; where the numbers decide, the half that fails. */
function cellOf(runs: readonly ToldRun[]): string {
  const cells = new Set(runs.map(outcomeWords));
  const [first = '–'] = cells;
  if (cells.size < 2) return first;
  const failing = runs.find(({ outcome }) => outcome !== 'connected');
  return failing === undefined ? first : `½ ${outcomeWords(failing)}`;
}

function outcomeWords({ outcome, seconds }: ToldRun): string {
  return outcome === 'connected' ? `${seconds.toFixed(2)} s` : outcome.replace('-', ' ');
}
