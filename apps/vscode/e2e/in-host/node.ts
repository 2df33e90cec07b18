import Mocha from 'mocha';
import { runTests } from './run-tests.ts';

/** Called by the editor, in Node. */
export function run(): Promise<void> {
  return runTests(Mocha);
}
