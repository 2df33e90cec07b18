import type { Ctstate } from '../conntrack/outcome.ts';
import type { ScenarioOptions } from '../scenario/run-scenario.ts';

/** What a matcher gives to the test runner. */
export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
  readonly actual?: unknown;
  readonly expected?: unknown;
}

/**
 * The matchers as an assertion has them; tell the test runner's types of them in one declaration.
 *
 * @example
 * declare module 'vitest' {
 *   interface Matchers<T> extends KernelMatchers<T> {}
 * }
 */
export interface KernelMatchers<R = unknown> {
  /** A scenario text does what its lines expect; the profile is in the text or an option. */
  toPassScenario(options?: ScenarioOptions): R;
  /** A verdict is what the end of a scenario's line says: `ESTABLISHED SYN_SENT 120`. */
  toBeVerdict(expected: string): R;
  /** A verdict has this ctstate. */
  toHaveCtstate(expected: Ctstate): R;
  /** A pod's connect was connected. */
  toConnect(): R;
}
