import { open } from 'node:fs/promises';
import type { ByteSource } from '../worker/byte-source.ts';

/** Opens a file for reading at any place. */
export async function fileSource(path: string): Promise<ByteSource> {
  const handle = await open(path, 'r');
  return {
    size: async () => (await handle.stat()).size,
    read: async (offset, length, into) => {
      const buffer = into !== undefined && into.length >= length ? into : new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
    close: () => handle.close(),
  };
}
