import { createWriteStream, openSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { reasonOf } from './reason-of.ts';
import { UsageError } from './usage-error.ts';

/** Where an answer goes, and how to end it. */
export interface Output {
  readonly stream: Writable;
  readonly close: () => Promise<void>;
}

/**
 * Opens the file that `--output` names, or takes standard output, which stays open. What the file
 * held is gone then, so this comes after the inputs are known to be good.
 */
export function openOutput(file: string | undefined, stdout: Writable): Output {
  if (file === undefined) return { stream: stdout, close: async () => undefined };
  const stream = createWriteStream(file, { fd: openToWrite(file) });
  // Whoever writes is told of an error too (see `write`); without this it would end the process.
  stream.on('error', () => undefined);
  return {
    stream,
    close: async () => {
      stream.end();
      await finished(stream);
    },
  };
}

function openToWrite(file: string): number {
  try {
    return openSync(file, 'w');
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${reasonOf(error)}`);
  }
}
