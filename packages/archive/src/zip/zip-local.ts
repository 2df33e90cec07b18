import { nameAt, numberAt, withZip64, type ZipEntry } from './zip-entry.ts';

/** What the header of a member begins with, and its bytes without name and extra field. */
const LOCAL = [0x50, 0x4b, 3, 4];
const LOCAL_BYTES = 30;

/** A member's own header, and where its packed bytes begin. */
export interface LocalHeader {
  readonly entry: ZipEntry;
  readonly data: number;
}

/** Reads the header that a member has of its own, or gives null where there is none. */
export function readLocalHeader(bytes: Uint8Array, at: number): LocalHeader | null {
  if (at + LOCAL_BYTES > bytes.length || LOCAL.some((byte, i) => bytes[at + i] !== byte)) {
    return null;
  }
  const flags = numberAt(bytes, at + 6, 2);
  const nameBytes = numberAt(bytes, at + 26, 2);
  const extra = at + LOCAL_BYTES + nameBytes;
  const data = extra + numberAt(bytes, at + 28, 2);
  const [size = 0, packed = 0] = withZip64(bytes, extra, data, [
    numberAt(bytes, at + 22, 4),
    numberAt(bytes, at + 18, 4),
  ]);
  // A writer that could not go back wrote them behind the member.
  const isLater = (flags & 8) !== 0;
  return {
    entry: {
      name: nameAt(bytes, at + LOCAL_BYTES, nameBytes),
      method: numberAt(bytes, at + 8, 2),
      isEncrypted: (flags & 1) !== 0,
      isLink: false,
      crc: isLater ? null : numberAt(bytes, at + 14, 4),
      size: isLater ? null : size,
      packed: isLater ? null : packed,
      offset: at,
    },
    data,
  };
}

/** Gives the offset of the next header of a member, or -1. */
export function findLocalHeader(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x50, from); at >= 0; at = bytes.indexOf(0x50, at + 1)) {
    if (readLocalHeader(bytes, at) !== null) return at;
  }
  return -1;
}
