import type { Ctstate } from '../conntrack/outcome.ts';
import type { ConnectRun } from '../pod/pod.ts';
import { formatScenarioResult } from '../scenario/format-scenario-result.ts';
import { runScenario, type ScenarioOptions } from '../scenario/run-scenario.ts';
import type { Verdict } from '../verdict.ts';
import type { MatcherResult } from './matcher-types.ts';
import { reasonText, verdictMismatches, verdictText } from './verdict-text.ts';

/** The matchers as functions that a test runner calls. */
interface MatcherFunctions {
  toPassScenario(received: string, options?: ScenarioOptions): MatcherResult;
  toBeVerdict(received: Verdict, expected: string): MatcherResult;
  toHaveCtstate(received: Verdict, expected: Ctstate): MatcherResult;
  toConnect(received: ConnectRun): MatcherResult;
}

/**
 * Matchers for `expect.extend` of vitest, and of every runner that has it in the same form.
 *
 * @example
 * expect.extend(matchers);
 * expect(tracker.track(rst)).toHaveCtstate('INVALID');
 */
export const matchers: Pick<MatcherFunctions, keyof MatcherFunctions> = {
  toPassScenario(received, options) {
    const result = runScenario(received, options);
    return {
      pass: result.passes,
      message: () =>
        result.passes
          ? `${result.profile.title} does what the scenario says, and was expected not to.`
          : formatScenarioResult(result),
    };
  },
  toBeVerdict(received, expected) {
    const pass = verdictMismatches(received, expected).length === 0;
    return compared(received, pass, expected, verdictText(received));
  },
  toHaveCtstate(received, expected) {
    return compared(received, received.ctstate === expected, expected, received.ctstate);
  },
  toConnect(received) {
    const { outcome, seconds, packets } = received;
    const pass = outcome === 'connected';
    const story = packets.map(({ at, says }) => `  ${at.toFixed(3).padStart(8)}  ${says}`);
    const head = `expected connect() ${pass ? 'not to be connected' : 'to be connected'}`;
    return {
      pass,
      message: () => [`${head}: ${outcome} after ${seconds} s`, ...story].join('\n'),
      actual: outcome,
      expected: 'connected',
    };
  },
};

function compared(verdict: Verdict, pass: boolean, expected: string, found: string): MatcherResult {
  const not = pass ? 'not ' : '';
  return {
    pass,
    message: () => `expected ${not}${expected}, found ${found}: ${reasonText(verdict)}`,
    actual: found,
    expected,
  };
}
