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
    let watch = setTimeout(hang, HANG_MILLISECONDS);
    worker.on('message', (progress: FuzzProgress) => {
      done = progress.done;
      clearTimeout(watch);
      watch = setTimeout(hang, HANG_MILLISECONDS);
      const { failure } = progress;
      if (failure !== undefined) end(`seed ${failure.seed}: ${failure.says}`);
      else if (done === count) end(null);
      else if (done % 6400 === 0) process.stdout.write(`${done} done\n`);
    });
    worker.on('exit', (code) => {
      if (code !== 0) end(`after seed ${first + done}: the process ended with ${code}`);
    });

    function hang(): void {
      end(`one of the cases from seed ${first + done} on hangs`);
    }

    function end(wrong: string | null): void {
      clearTimeout(watch);
      worker.removeAllListeners('exit');
      worker.kill();
      process.stdout.write(wrong === null ? `${count} done, nothing wrong\n` : `${wrong}\n`);
      resolve(wrong === null ? 0 : 1);
    }
  });
}
