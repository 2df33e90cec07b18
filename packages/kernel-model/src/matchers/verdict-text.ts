import { readVerdictExpectation } from '../scenario/parse-scenario.ts';
import { compareVerdict, type VerdictMismatch } from '../scenario/run-scenario.ts';
import type { Verdict } from '../verdict.ts';

/**
 * Compares a verdict with what the end of a scenario's line would say.
 *
 * @throws {ScenarioError} for words that say nothing.
 */
export function verdictMismatches(verdict: Verdict, expected: string): readonly VerdictMismatch[] {
  return compareVerdict(readVerdictExpectation(expected), verdict, verdict.after);
}

/**
 * Writes a verdict as the end of a scenario's line.
 *
 * @example
 * verdictText(verdict) // 'NEW SYN_SENT 120 [UNREPLIED]'
 */
export function verdictText({ ctstate, after }: Verdict): string {
  if (after === null) return `${ctstate} -`;
  const { state, timeout, unreplied, assured } = after;
  const marks = [...(unreplied ? ['[UNREPLIED]'] : []), ...(assured ? ['[ASSURED]'] : [])];
  return [ctstate, state, timeout, ...marks].join(' ');
}

/** Says by which rule a verdict came about. */
export function reasonText({ reason: { rule, values, commits, lacking } }: Verdict): string {
  const numbers = Object.entries(values).map(([name, value]) => `${name} ${value}`);
  const because = [
    ...(commits.length > 0 ? [`because of ${commits.join(', ')}`] : []),
    ...(lacking.length > 0 ? [`for want of ${lacking.join(', ')}`] : []),
  ];
  return [`${rule}${numbers.length > 0 ? ` (${numbers.join(', ')})` : ''}`, ...because].join(', ');
}
