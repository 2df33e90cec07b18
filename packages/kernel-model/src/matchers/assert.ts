import { formatScenarioResult } from '../scenario/format-scenario-result.ts';
import {
  runScenario,
  type ScenarioOptions,
  type ScenarioResult,
} from '../scenario/run-scenario.ts';
import type { Verdict } from '../verdict.ts';
import { ModelAssertionError } from './model-assertion-error.ts';
import { reasonText, verdictMismatches, verdictText } from './verdict-text.ts';

/**
 * Asserts that a kernel does what a scenario says: for node:assert, and every runner that takes a
 * thrown error for a failure.
 *
 * @throws {ModelAssertionError} with each line that came out otherwise, and why.
 * @throws {ScenarioError} for a text that cannot be read.
 */
export function assertScenario(text: string, options?: ScenarioOptions): ScenarioResult {
  const result = runScenario(text, options);
  if (result.passes) return result;
  const found = result.mismatches.map((mismatch) => mismatch.found);
  const expected = result.mismatches.map((mismatch) => mismatch.expected);
  throw new ModelAssertionError(formatScenarioResult(result), found, expected);
}

/**
 * Asserts that a verdict is what the end of a scenario's line says.
 *
 * @throws {ModelAssertionError} with the rule that decided.
 * @example
 * assertVerdict(tracker.track(rst), 'INVALID SYN_SENT')
 */
export function assertVerdict(verdict: Verdict, expected: string): void {
  if (verdictMismatches(verdict, expected).length === 0) return;
  const found = verdictText(verdict);
  const message = `expected ${expected}, found ${found}: ${reasonText(verdict)}`;
  throw new ModelAssertionError(message, found, expected);
}
