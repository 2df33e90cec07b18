import type { Entry } from '../entry.ts';
import type { ScenarioLine, ScenarioMismatch, ScenarioResult } from './run-scenario.ts';

/**
 * Writes a result for a person: each line that came out otherwise, with what was expected, what this
 * kernel does and by which rule.
 */
export function formatScenarioResult({ profile, lines, mismatches }: ScenarioResult): string {
  const packets = lines.filter(({ verdict }) => verdict !== null).length;
  if (mismatches.length === 0) return `${profile.title}: ${packets} packets as expected.`;
  const wrong = lines.filter((line) => line.mismatches.length > 0);
  return [`${profile.title} does otherwise:`, ...wrong.map(showLine)].join('\n');
}

function showLine({ line, text, mismatches, verdict, entry }: ScenarioLine): string {
  const rows = [`line ${line}: ${text.trim()}`, ...mismatches.map(showMismatch)];
  if (entry !== null) rows.push(`  the entry is ${showEntry(entry)}`);
  if (verdict !== null) {
    const { rule, values, commits, lacking } = verdict.reason;
    const numbers = Object.entries(values).map(([name, value]) => `${name} ${value}`);
    rows.push(`  the rule is ${[rule, ...numbers].join(', ')}`);
    if (commits.length > 0) rows.push(`  because this kernel has ${commits.join(', ')}`);
    if (lacking.length > 0) rows.push(`  because this kernel lacks ${lacking.join(', ')}`);
  }
  return rows.join('\n');
}

function showMismatch({ field, expected, found }: ScenarioMismatch): string {
  return `  expected ${field} ${show(expected)}, found ${show(found)}`;
}

function show(value: unknown): string {
  return value === null ? 'none' : String(value);
}

function showEntry({ state, timeout, unreplied, assured }: Entry): string {
  const marks = [...(unreplied ? ['[UNREPLIED]'] : []), ...(assured ? ['[ASSURED]'] : [])];
  return [state, timeout, ...marks].join(' ');
}
