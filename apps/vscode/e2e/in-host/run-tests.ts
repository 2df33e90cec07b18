import type MochaType from 'mocha';
import { MARK, TEST_NAMES, type TestResult } from './test-names.ts';
import { TESTS } from './tests.ts';

type Reporter = MochaType.ReporterConstructor;

/** Runs the tests with mocha, and tells each result in the log. */
export function runTests(Mocha: typeof MochaType): Promise<void> {
  // As often as the tests that look at a window: a busy machine answers late.
  const options = { timeout: 90_000, retries: 2 };
  const runner = new Mocha({ reporter: Tell as unknown as Reporter, ...options });
  for (const name of TEST_NAMES) runner.suite.addTest(new Mocha.Test(name, TESTS[name]));
  return new Promise((resolve, reject) => {
    runner.run((failures) =>
      failures === 0 ? resolve() : reject(new Error(`${failures} tests failed`)),
    );
  });
}

/** A reporter, as mocha wants it: something to be made. */
class Tell {
  constructor(runner: MochaType.Runner) {
    runner.on('pass', ({ title }) => say({ name: title, error: null }));
    runner.on('fail', ({ title }, error: Error) =>
      say({ name: title, error: error.stack ?? error.message }),
    );
  }
}

function say(result: TestResult): void {
  // biome-ignore lint/suspicious/noConsole: the log is the only way out of the extension host
  console.log(MARK + JSON.stringify(result));
}
