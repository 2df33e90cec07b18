/** A file that can be read from any place. */
export interface ByteSource {
  /** Bytes that it has now; a capture that is still being written grows. */
  size(): Promise<number>;
  /** Reads from an offset on; gives less where the file ends before. */
  read(offset: number, length: number): Promise<Uint8Array>;
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
export async function* chunksOf(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  for (let offset = 0; ; ) {
    const chunk = await source.read(offset, CHUNK);
    if (chunk.length === 0) return;
    yield chunk;
    offset += chunk.length;
  }
}
