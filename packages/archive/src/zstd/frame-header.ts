import type { ByteReader } from '../byte-reader.ts';
import { ZstdFault } from './zstd-fault.ts';

/** What a frame says of itself before its blocks (RFC 8878, 3.1.1.1). */
export interface FrameHeader {
  /** Bytes that a match may go back. */
  readonly window: number;
  /** Bytes of content, or null where it does not say. */
  readonly content: number | null;
  /** Whether a checksum follows the blocks. */
  readonly hasChecksum: boolean;
}

/** Bytes of the largest window that is taken: what the tool `zstd` takes unless told otherwise. */
export const MAX_WINDOW_BYTES: number = 128 << 20;

/** Bytes of a dictionary's number and of the content's size, by the two bits that tell. */
const ID_BYTES = [0, 1, 2, 4];
const SIZE_BYTES = [0, 2, 4, 8];

/** Reads a frame's header, behind its magic number. */
export async function readFrameHeader(reader: ByteReader): Promise<FrameHeader> {
  const [flags] = await takeAll(reader, 1);
  const isSingle = ((flags as number) & 0x20) !== 0;
  if (((flags as number) & 8) !== 0) throw new ZstdFault('a frame of a later version');
  const idBytes = ID_BYTES[(flags as number) & 3] as number;
  const sizeForm = (flags as number) >> 6;
  const sizeBytes = sizeForm === 0 && isSingle ? 1 : (SIZE_BYTES[sizeForm] as number);
  const header = await takeAll(reader, (isSingle ? 0 : 1) + idBytes + sizeBytes);
  const idAt = isSingle ? 0 : 1;
  if (header.subarray(idAt, idAt + idBytes).some((byte) => byte !== 0)) {
    throw new ZstdFault('a frame that needs a dictionary');
  }
  // Two bytes count from 256 on: what fits in one has a shorter form.
  const size = littleEndian(header.subarray(idAt + idBytes)) + (sizeBytes === 2 ? 256 : 0);
  const window = isSingle ? size : windowOf(header[0] as number);
  if (window > MAX_WINDOW_BYTES) throw new ZstdFault('a window of over 128 MiB');
  return {
    window,
    content: sizeBytes === 0 ? null : size,
    hasChecksum: ((flags as number) & 4) !== 0,
  };
}

/** Takes so many bytes, which must be there. */
export async function takeAll(reader: ByteReader, count: number): Promise<Uint8Array> {
  const bytes = await reader.take(count);
  if (bytes.length < count) throw new ZstdFault('its end');
  return bytes;
}

/** Reads a number of up to eight bytes, the lowest first. */
export function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}

/** Five bits of exponent and three of mantissa (RFC 8878, 3.1.1.1.2). */
function windowOf(byte: number): number {
  const base = 2 ** (10 + (byte >> 3));
  return base + (base / 8) * (byte & 7);
}
