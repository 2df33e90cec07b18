import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Closes the run with one plain line, `N passed, N failed`, that any CI can read. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const count = { passed: 0, failed: unhandled.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      // A file that breaks before it declares a test is a failure, not a silence.
      if (module.state() === 'failed' && module.children.size === 0) count.failed += 1;
      for (const test of module.children.allTests()) count[test.result().state] += 1;
    }
    process.once('exit', () => {
      const skipped = count.skipped === 0 ? '' : `, ${count.skipped} skipped`;
      console.log(`${count.passed} passed, ${count.failed} failed${skipped}`);
    });
  }
}
