import { visible } from '@tuplescope/scan';
import { CLEAR, QUIET_MILLISECONDS } from './progress.ts';
import type { Terminal, TerminalOptions } from './terminal.ts';

/** A line on standard error that names what is being done. */
export interface Steps {
  /** Names what begins now; text of a capture in it is made visible. */
  say(step: string): void;
  /** Goes through files and names each. */
  eachFile<File extends { readonly path: string }>(files: readonly File[]): Generator<File>;
  /** Takes the line away, before something else is written there and at the end. */
  clear(): void;
}

/**
 * Names the steps of work whose records cannot be counted, once it takes long: where `--progress` asks
 * for it, or where standard error is a terminal.
 */
export function showSteps(
  { stderr }: Terminal,
  options: TerminalOptions,
  now: () => number = Date.now,
): Steps {
  const begin = now();
  const isAsked = !options.quiet && (options.progress ?? stderr.isTTY === true);
  let isShown = false;
  function say(step: string): void {
    if (!isAsked || now() - begin < QUIET_MILLISECONDS) return;
    isShown = true;
    stderr.write(`${CLEAR}${visible(step)} …`);
  }
  return {
    say,
    *eachFile(files) {
      for (const [index, file] of files.entries()) {
        say(`reading ${index + 1} of ${files.length}: ${file.path}`);
        yield file;
      }
    },
    clear() {
      if (isShown) stderr.write(CLEAR);
      isShown = false;
    },
  };
}
