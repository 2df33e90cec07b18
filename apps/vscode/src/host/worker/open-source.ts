import type { CaptureSource } from '../../protocol/packets.ts';
import { type ByteSource, memorySource } from './byte-source.ts';
import { unpackedSource } from './unpacked-source.ts';

/** Opens a file by its path, where there are paths. */
export type OpenFile = (path: string) => Promise<ByteSource>;

/** Opens a capture file, or what is packed in it. */
export type OpenSource = (source: CaptureSource) => Promise<ByteSource>;

/** Makes what opens capture files, by their paths or from their content. */
export function sourceOpener(openFile: OpenFile): OpenSource {
  return async (source) =>
    unpackedSource('path' in source ? await openFile(source.path) : memorySource(source.bytes));
}

/** In a browser no file has a path. */
export async function noFiles(): Promise<never> {
  throw new Error('a browser opens no files by their paths');
}
