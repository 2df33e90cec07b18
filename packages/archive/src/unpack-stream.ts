import type { Diagnostic } from '@tuplescope/scan';
import { archiveFormat } from './archive-format.ts';
import { ByteReader } from './byte-reader.ts';
import { Damage } from './damage.ts';
import { type Note, toDiagnostic } from './notes.ts';
import { UNPACKERS } from './unpackers.ts';

/** How a stream is unpacked. */
export interface UnpackOptions {
  /** Is told where the packed data is cut or damaged; the stream ends there. */
  readonly onDiagnostic?: (diagnostic: Diagnostic) => void;
}

/** Bytes that tell gzip, xz and zstd. */
const MAGIC_BYTES = 6;

/**
 * Unpacks gzip, xz or zstd as it comes, or hands on what is not packed, in memory that does not grow with
 * the input. What it is it tells by its first bytes. It throws what the chunks throw, and nothing else.
 *
 * @example
 * for await (const chunk of unpackStream(createReadStream('lo.pcap.gz'))) index.append(chunk);
 */
export async function* unpackStream(
  chunks: AsyncIterable<Uint8Array>,
  { onDiagnostic }: UnpackOptions = {},
): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(chunks);
  const format = archiveFormat(await reader.peek(MAGIC_BYTES));
  const unpack = format === null ? undefined : UNPACKERS[format];
  try {
    yield* unpack === undefined ? reader.rest() : unpack(reader.rest());
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    const { path: _, ...diagnostic } = toDiagnostic({ path: '', ...placeOf(error) });
    onDiagnostic?.(diagnostic);
  } finally {
    await reader.close();
  }
}

function placeOf({ severity, offset, expected, found }: Damage): Omit<Note, 'path'> {
  return { severity, offset, expected, found };
}
