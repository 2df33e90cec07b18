import type { Terminal, TerminalOptions } from './terminal.ts';

/** Shorter work needs no progress. */
export const QUIET_MILLISECONDS: number = 1000;

/** Time between two looks at the count. */
const STEP_MILLISECONDS = 250;

/** Goes to the line's beginning and clears it (ECMA-48, EL). */
export const CLEAR: string = '\r\x1b[K';

/** A line on standard error that counts while the work goes on. */
export interface Progress {
  /** Tells how much is done; cheap, to be called at each record. */
  tell(count: number): void;
  /** Takes the line away, before something else is written there and at the end. */
  clear(): void;
}

/**
 * Counts on standard error once the work takes long: where `--progress` asks for it, or where that
 * is a terminal and the records do not go to one.
 */
export function showProgress(
  { stdout, stderr }: Terminal,
  options: TerminalOptions,
  now: () => number = Date.now,
): Progress {
  const isSeen = stderr.isTTY === true && stdout.isTTY !== true;
  if (options.quiet || !(options.progress ?? isSeen)) return { tell() {}, clear() {} };
  let next = now() + QUIET_MILLISECONDS;
  let isShown = false;
  return {
    tell: (count) => {
      // The clock costs more than a record.
      if ((count & 0x3ff) !== 0 || now() < next) return;
      next = now() + STEP_MILLISECONDS;
      isShown = true;
      stderr.write(`${CLEAR}${count.toLocaleString('en')} records`);
    },
    clear: () => {
      if (isShown) stderr.write(CLEAR);
      isShown = false;
    },
  };
}
