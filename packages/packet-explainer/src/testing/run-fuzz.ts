import { fork } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { FuzzProgress } from './fuzz-worker.ts';

/** A worker that says nothing for so long hangs. */
const HANG_MILLISECONDS = 60_000;

/** More memory than this no capture of some kilobytes may take. */
const MOST_MEGABYTES = 512;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const count = Number(values.count);
const first = Number(values.seed);
process.stdout.write(`${count} damaged captures and texts from seed ${first}\n`);
process.exitCode = await run();

/** Runs the cases in a process of their own, under watch; gives the exit code. */
function run(): Promise<number> {
  return new Promise((resolve) => {
    const worker = fork(
      fileURLToPath(new URL('./fuzz-worker.ts', import.meta.url)),
      [String(first), String(count)],
      { execArgv: [...process.execArgv, `--max-old-space-size=${MOST_MEGABYTES}`] },
    );
    let done = 0;
    let wrong = 0;
    let watch = setTimeout(hang, HANG_MILLISECONDS);
    worker.on('message', (progress: FuzzProgress) => {
      done = progress.done;
      clearTimeout(watch);
      watch = setTimeout(hang, HANG_MILLISECONDS);
      const { failure } = progress;
      if (failure !== undefined) fail(`seed ${failure.seed}: ${failure.says}`);
      else if (done % 6400 === 0) process.stdout.write(`${done} done\n`);
      if (done === count) end();
    });
    worker.on('exit', (code) => {
      if (code === 0) return;
      fail(`after seed ${first + done}: the process ended with ${code}`);
      end();
    });

    function hang(): void {
      fail(`one of the cases from seed ${first + done} on hangs`);
      end();
    }

    function fail(says: string): void {
      wrong++;
      process.stdout.write(`${says}\n`);
    }

    function end(): void {
      clearTimeout(watch);
      worker.removeAllListeners();
      worker.kill();
      process.stdout.write(`${done} done, ${wrong || 'nothing'} wrong\n`);
      resolve(wrong === 0 ? 0 : 1);
    }
  });
}
