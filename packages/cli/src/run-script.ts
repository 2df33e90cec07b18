import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { reasonOf } from './reason-of.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Ends a script in good order; Ctrl-C needs no handing on, for it reaches the script by itself. */
const HANDED_ON = ['SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a shell script with the streams and the environment of a terminal, and gives its exit code, or null where a signal
 * ended it. While it runs, signals are the script's: it still has to put away what it has.
 */
export async function runScript(
  script: string,
  { stdout, stderr, env }: Pick<Terminal, 'stdout' | 'stderr' | 'env'>,
): Promise<number | null> {
  const child = spawn('sh', ['-s'], { env });
  const handOn = (signal: NodeJS.Signals): boolean => child.kill(signal);
  const leave = (): void => undefined;
  const stop = (): unknown => child.stdout.destroy();
  process.on('SIGINT', leave);
  for (const signal of HANDED_ON) process.on(signal, handOn);
  try {
    child.stdout.pipe(stdout, { end: false });
    // Whoever read has gone: the script shall not wait to be read.
    stdout.once('error', stop);
    child.stderr.pipe(stderr, { end: false });
    // A script that has failed already reads no further.
    child.stdin.on('error', leave).end(script);
    const [code] = await once(child, 'close');
    return code;
  } catch (error) {
    throw new UsageError(`cannot run sh: ${reasonOf(error)}`);
  } finally {
    stdout.off('error', stop);
    process.off('SIGINT', leave);
    for (const signal of HANDED_ON) process.off(signal, handOn);
  }
}
