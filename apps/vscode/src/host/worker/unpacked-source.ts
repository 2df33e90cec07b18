import { archiveFormat, FORMAT_BYTES, unpackStream } from '@tuplescope/archive';
import { type ByteSource, chunksOf, memorySource } from './byte-source.ts';

/** Unpacked captures are kept in memory, to be read from any place; this is as much as is kept. */
const MOST_BYTES = 512 << 20;

const PACKED: readonly (string | null)[] = ['gzip', 'xz', 'zstd'];

/**
 * Gives a capture that is packed with gzip, xz or zstd as what is in it; any other as it is.
 *
 * @throws where more is in it than is kept.
 */
export async function unpackedSource(source: ByteSource): Promise<ByteSource> {
  if (!PACKED.includes(archiveFormat(await source.read(0, FORMAT_BYTES)))) return source;
  try {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of unpackStream(chunksOf(source))) {
      length += chunk.length;
      if (length > MOST_BYTES) throw new Error('too-large-unpacked');
      chunks.push(chunk.slice());
    }
    return memorySource(joined(chunks, length));
  } finally {
    await source.close();
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
