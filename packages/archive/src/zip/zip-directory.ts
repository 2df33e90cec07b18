import { nameAt, numberAt, withZip64, type ZipEntry } from './zip-entry.ts';

/** What the parts of a .zip begin with (APPNOTE 4.3). */
const ENTRY = 0x02014b50;
const END = 0x06054b50;
const ZIP64_END = 0x06064b50;
const ZIP64_LOCATOR = 0x07064b50;

/** Bytes of those parts without what differs in length. */
const ENTRY_BYTES = 46;
const END_BYTES = 22;
const LOCATOR_BYTES = 20;

/** A comment behind the end is no longer than this. */
const MAX_COMMENT_BYTES = 0xffff;

/** The mode of a symbolic link, in the upper half of the outer attributes (Unix). */
const LINK_MODE = 0o120000;
const KIND_MASK = 0o170000;

/** Where the directory of a .zip is. */
export interface ZipDirectory {
  readonly start: number;
  readonly end: number;
}

/** Finds the directory from the end of the file, or gives null where it is cut or damaged. */
export function findDirectory(bytes: Uint8Array): ZipDirectory | null {
  const from = bytes.length - END_BYTES;
  for (let at = from; at >= Math.max(0, from - MAX_COMMENT_BYTES); at--) {
    if (bytes[at] !== 0x50 || numberAt(bytes, at, 4) !== END) continue;
    const found = directoryBefore(bytes, at) ?? zip64DirectoryBefore(bytes, at);
    if (found !== null) return found;
  }
  return null;
}

function directoryBefore(bytes: Uint8Array, end: number): ZipDirectory | null {
  return placed(bytes, end, numberAt(bytes, end + 12, 4), numberAt(bytes, end + 16, 4));
}

function zip64DirectoryBefore(bytes: Uint8Array, end: number): ZipDirectory | null {
  const locator = end - LOCATOR_BYTES;
  if (locator < 0 || numberAt(bytes, locator, 4) !== ZIP64_LOCATOR) return null;
  const at = numberAt(bytes, locator + 8, 8);
  if (at > locator || numberAt(bytes, at, 4) !== ZIP64_END) return null;
  return placed(bytes, at, numberAt(bytes, at + 40, 8), numberAt(bytes, at + 48, 8));
}

/** The directory ends where its end begins; it must begin as one, unless it is empty. */
function placed(bytes: Uint8Array, end: number, size: number, offset: number): ZipDirectory | null {
  if (offset + size !== end || (size > 0 && numberAt(bytes, offset, 4) !== ENTRY)) return null;
  return { start: offset, end };
}

/** Gives the entries of a directory in its order; null, as the last, for one that is damaged. */
export function* readDirectory(
  bytes: Uint8Array,
  { start, end }: ZipDirectory,
): Generator<ZipEntry | null> {
  for (let at = start; at < end; ) {
    if (at + ENTRY_BYTES > end || numberAt(bytes, at, 4) !== ENTRY) return yield null;
    const flags = numberAt(bytes, at + 8, 2);
    const nameBytes = numberAt(bytes, at + 28, 2);
    const extraBytes = numberAt(bytes, at + 30, 2);
    const extra = at + ENTRY_BYTES + nameBytes;
    const isUnix = bytes[at + 5] === 3;
    const [size = 0, packed = 0, offset = 0] = withZip64(bytes, extra, extra + extraBytes, [
      numberAt(bytes, at + 24, 4),
      numberAt(bytes, at + 20, 4),
      numberAt(bytes, at + 42, 4),
    ]);
    yield {
      name: nameAt(bytes, at + ENTRY_BYTES, nameBytes),
      method: numberAt(bytes, at + 10, 2),
      isEncrypted: (flags & 1) !== 0,
      isLink: isUnix && (numberAt(bytes, at + 40, 2) & KIND_MASK) === LINK_MODE,
      crc: numberAt(bytes, at + 16, 4),
      size,
      packed,
      offset,
    };
    at = extra + extraBytes + numberAt(bytes, at + 32, 2);
  }
}
