import process from 'node:process';
import { explainDamaged, readSamples } from './fuzz-case.ts';

/** What it tells now and then, and of every case that went wrong. */
export interface FuzzProgress {
  /** Cases done. */
  readonly done: number;
  /** The seed of a case that threw or was slow, with what happened. The next cases are run all the same. */
  readonly failure?: { readonly seed: number; readonly says: string };
}

/** A case that takes longer counts as a hang. */
const SLOW_MILLISECONDS = 1000;

/** Cases between two words. */
const STEP = 64;

const [first = 0, count = 0] = process.argv.slice(2).map(Number);
const samples = readSamples();

runCases();
process.disconnect?.();

function runCases(): void {
  for (let done = 0; done < count; done++) {
    const seed = first + done;
    const begin = process.cpuUsage();
    try {
      explainDamaged(samples, seed);
    } catch (error) {
      const says = String(error instanceof Error ? error.stack : error);
      tell({ done: done + 1, failure: { seed, says } });
      continue;
    }
    // Not the clock's time, which others on the machine take part in.
    const { user, system } = process.cpuUsage(begin);
    const took = (user + system) / 1000;
    // The first compiles what the others run.
    if (took > SLOW_MILLISECONDS && done > 0) {
      tell({ done: done + 1, failure: { seed, says: `it took ${took.toFixed(0)} ms` } });
    }
    if (done % STEP === STEP - 1) tell({ done: done + 1 });
  }
  tell({ done: count });
}

function tell(progress: FuzzProgress): void {
  process.send?.(progress);
}
