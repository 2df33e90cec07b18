import { CommanderError } from 'commander';
import { makeProgram } from './program.ts';
import { reasonOf } from './reason-of.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** What a stream says when whoever read it has gone: `| head` has seen enough, no harm is done. */
const GONE = new Set(['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_PREMATURE_CLOSE']);

/**
 * Runs the command with its arguments and gives the exit code: 0 nothing found at `--fail-on` or
 * above, 1 something was, 2 wrong usage or nothing recognised. It never throws: a fault of the
 * command itself is shown and gives 2 too, for 1 would read as a finding.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let code = 0;
  const program = makeProgram(terminal, (exitCode) => {
    code = exitCode;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { code: cause = '', syscall } = error as NodeJS.ErrnoException;
    if (GONE.has(cause)) return code;
    terminal.stderr.write(`tuplescope: ${explain(error, syscall)}\n`);
    return 2;
  }
}

function explain(error: unknown, syscall: string | undefined): string {
  if (error instanceof UsageError) return error.message;
  if (syscall !== undefined) return `cannot ${syscall}: ${reasonOf(error)}`;
  const stack = error instanceof Error ? error.stack : String(error);
  return `this is a fault of the command, please report it: ${stack}`;
}
