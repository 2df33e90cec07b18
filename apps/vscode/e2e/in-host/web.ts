import type MochaType from 'mocha';
import 'mocha/mocha.js';
import { runTests } from './run-tests.ts';

/** Called by the editor, in a web worker, where mocha leaves itself among the globals. */
export function run(): Promise<void> {
  return runTests((globalThis as unknown as { Mocha: typeof MochaType }).Mocha);
}
