import type { ArchiveFile } from './archive-file.ts';
import { type ArchiveFormat, FORMAT_BYTES } from './archive-format.ts';
import { ByteReader } from './byte-reader.ts';
import { asDamage, Refusal } from './damage.ts';
import type { Opening } from './opening.ts';
import { readTar } from './tar/read-tar.ts';
import { isTarHeader } from './tar/tar-header.ts';
import { UNPACKERS } from './unpackers.ts';
import { readZip } from './zip/read-zip.ts';

/** Bytes that are handed to an unpacker at once. */
const CHUNK_BYTES = 64 << 10;

/**
 * Reads the files of one archive, those of archives within it still packed. Of several members with one
 * name the last is given, as unpacking them to a disk would leave it.
 */
export async function readMembers(
  format: ArchiveFormat,
  bytes: Uint8Array,
  opening: Opening,
): Promise<Iterable<ArchiveFile>> {
  const byPath = new Map<string, ArchiveFile>();
  for await (const file of members(format, bytes, opening)) {
    if (byPath.has(file.path)) {
      const what = 'earlier members of a name that comes again';
      opening.notes.pass('warning', opening.path, what, file.path, 0);
    }
    byPath.set(file.path, file);
  }
  return byPath.values();
}

async function* members(
  format: ArchiveFormat,
  bytes: Uint8Array,
  opening: Opening,
): AsyncGenerator<ArchiveFile> {
  if (format === 'zip') yield* readZip(bytes, opening);
  else if (format === 'tar') yield* readTar(new ByteReader(whole(bytes)), opening);
  else yield* packedMembers(format, bytes, opening);
}

/** A packed .tar has members; anything else that is packed is one file, of the name that it has. */
async function* packedMembers(
  format: ArchiveFormat,
  bytes: Uint8Array,
  opening: Opening,
): AsyncGenerator<ArchiveFile> {
  const { path, meter, notes } = opening;
  let isDamaged = false;
  async function* unpacked(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of UNPACKERS[format]?.(inChunks(bytes)) ?? []) {
        meter.bytes(piece.length);
        yield piece;
      }
    } catch (error) {
      if (error instanceof Refusal) throw error;
      isDamaged = true;
      const { severity, offset, expected, found } = asDamage(error, 0, 'data that can be unpacked');
      notes.add({ path, severity, offset, expected, found });
    }
  }
  const reader = new ByteReader(unpacked());
  try {
    if (isTarHeader(await reader.peek(FORMAT_BYTES))) yield* readTar(reader, opening);
    else {
      meter.member();
      const content = await reader.take(Number.POSITIVE_INFINITY);
      // Of a listing, nothing at all would read as: there was nothing to list.
      if (content.length > 0 || !isDamaged) yield { path, bytes: content };
    }
  } finally {
    await reader.close();
  }
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}
