import type { Pause } from './pause.ts';

/** A file that can be read from any place. */
export interface ByteSource {
  /** Bytes that it has now; a capture that is still being written grows. */
  size(): Promise<number>;
  /**
   * Reads from an offset on; gives less where the file ends before.
   *
   * @param into memory that may be read into, where what was read into it before is not needed any more.
   */
  read(offset: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Reads bytes in memory as a file. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: async () => bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    close: async () => undefined,
  };
}

/** Bytes that are read at once. */
const CHUNK = 1 << 20;

/** Gives a file from its start to its end, piece by piece. */
export function chunksOf(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  return piecesOf(source);
}

/**
 * Gives a file likewise, each piece in the memory of the one before, for who is done with it by then:
 * the pieces of a large file fill the memory faster than it is tidied up. Between pieces it pauses.
 */
export async function* passingChunksOf(
  source: ByteSource,
  pause: Pause,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of piecesOf(source, new Uint8Array(CHUNK))) {
    await pause.over();
    yield chunk;
  }
}

async function* piecesOf(
  source: ByteSource,
  memory?: Uint8Array,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let offset = 0; ; ) {
    const chunk = await source.read(offset, CHUNK, memory);
    if (chunk.length === 0) return;
    yield chunk;
    offset += chunk.length;
  }
}
