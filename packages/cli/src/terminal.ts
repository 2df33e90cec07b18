import type { Readable, Writable } from 'node:stream';

/** A stream that may be a terminal. */
export type TerminalStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Where the command reads and writes: the process's own streams, or a test's. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: TerminalStream;
  readonly stderr: TerminalStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What of the options concerns the terminal. */
export interface TerminalOptions {
  readonly color?: boolean;
  readonly progress?: boolean;
  readonly quiet?: boolean;
}

/**
 * Says whether to colour what goes to a stream: the option first, then NO_COLOR (any value that is
 * not empty), then FORCE_COLOR (anything but 0), then whether the stream is a terminal that can.
 */
export function wantsColor(
  { stdout, env }: Pick<Terminal, 'stdout' | 'env'>,
  options: TerminalOptions,
): boolean {
  if (options.color !== undefined) return options.color;
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0';
  return stdout.isTTY === true && env.TERM !== 'dumb';
}

/** Lines are readable up to about this width, however wide the terminal is. */
const MAX_WIDTH = 110;

/** Columns to wrap at. */
export function widthOf({ stdout }: Pick<Terminal, 'stdout'>): number {
  return Math.min(stdout.columns ?? 100, MAX_WIDTH);
}

/**
 * Writes to a stream and waits until it has taken the text; rejects with the stream's own error,
 * `EPIPE` where the reader has gone.
 */
export function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
