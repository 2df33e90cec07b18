import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { reasonOf } from './reason-of.ts';
import { UsageError } from './usage-error.ts';

/** Bytes that are read from a file at once. */
const CHUNK_BYTES = 256 << 10;

/** Reads a file, or standard input for `-`, piece by piece; a failure is a usage error. */
export async function* readChunks(path: string, stdin: Readable): AsyncGenerator<Uint8Array> {
  const stream = path === '-' ? stdin : createReadStream(path, { highWaterMark: CHUNK_BYTES });
  try {
    yield* stream;
  } catch (error) {
    const name = path === '-' ? 'standard input' : path;
    throw new UsageError(`cannot read ${name}: ${reasonOf(error)}`);
  }
}
