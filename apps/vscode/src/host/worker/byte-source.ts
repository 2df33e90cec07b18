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
