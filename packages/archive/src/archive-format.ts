import { isTarHeader } from './tar/tar-header.ts';

/** A form of packing that is opened. */
export type ArchiveFormat = 'tar' | 'zip' | 'gzip' | 'xz' | 'zstd';

/** Bytes of a beginning that tell what it is: the header of a .tar is the longest. */
export const FORMAT_BYTES = 512;

/** What files of each form begin with; zstd may begin with a frame to skip (RFC 8878, 3.1.2). */
const MAGICS: readonly (readonly [ArchiveFormat, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b, 8]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['zip', [0x50, 0x4b, 3, 4]],
  ['zip', [0x50, 0x4b, 5, 6]],
];

/** Forms that are known and not opened, by what they begin with. */
const OTHERS: readonly (readonly [string, readonly number[]])[] = [
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a, 7]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['compress (.Z)', [0x1f, 0x9d]],
  ['lzip', [0x4c, 0x5a, 0x49, 0x50, 1]],
];

/** The first bytes of a bzip2 block, or of the end where there is none; the name alone may be text. */
const BZIP2_BLOCKS = [
  [0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
  [0x17, 0x72, 0x45, 0x38, 0x50, 0x90],
];

/**
 * Says by its content how a file is packed, or null where it is not, or not in a form that is opened.
 *
 * @param head its first {@link FORMAT_BYTES}, or all of it.
 * @example
 * archiveFormat(Uint8Array.of(0x1f, 0x8b, 8, 0)) // 'gzip'
 */
export function archiveFormat(head: Uint8Array): ArchiveFormat | null {
  const found = MAGICS.find(([, magic]) => beginsWith(head, magic));
  if (found !== undefined) return found[0];
  if (isSkippable(head)) return 'zstd';
  return isTarHeader(head) ? 'tar' : null;
}

/** Names the form of an archive that is not opened, or gives null. */
export function otherFormat(head: Uint8Array): string | null {
  const found = OTHERS.find(([, magic]) => beginsWith(head, magic))?.[0] ?? null;
  if (found !== 'bzip2') return found;
  return BZIP2_BLOCKS.some((magic) => beginsWith(head.subarray(4), magic)) ? found : null;
}

function beginsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

function isSkippable(bytes: Uint8Array): boolean {
  return ((bytes[0] ?? 0) & 0xf0) === 0x50 && beginsWith(bytes.subarray(1), [0x2a, 0x4d, 0x18]);
}
