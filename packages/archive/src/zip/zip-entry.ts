import { decodeText } from '@tuplescope/scan';

/** A member of a .zip, as its directory or its own header describes it. */
export interface ZipEntry {
  readonly name: string;
  /** 0 for as it is, 8 for deflate (APPNOTE 4.4.5). */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly isLink: boolean;
  /** CRC-32 of the content; null where it stands behind the member only. */
  readonly crc: number | null;
  /** Bytes of the content, and of what it is packed to; null where that stands behind it only. */
  readonly size: number | null;
  readonly packed: number | null;
  /** Where the member's own header is, from the beginning of the file. */
  readonly offset: number;
}

/** Number of little-endian bytes at an offset; bytes that are not there count as 0. */
export function numberAt(bytes: Uint8Array, offset: number, width: number): number {
  let value = 0;
  for (let i = width - 1; i >= 0; i--) value = value * 256 + (bytes[offset + i] ?? 0);
  return value;
}

/** A name is UTF-8 in what is written today; another code page shows as replacement characters. */
export function nameAt(bytes: Uint8Array, start: number, length: number): string {
  return decodeText(bytes, start, Math.min(start + length, bytes.length));
}

/** What an extra field holds where the sizes of a member need eight bytes (APPNOTE 4.5.3). */
const ZIP64 = 1;

/** A field of four bytes that says: the number is in the extra field. */
const IN_EXTRA = 0xffffffff;

/**
 * Gives the numbers of a member, the eight-byte ones of its extra field in place of those that say so.
 *
 * @param numbers size, packed size and offset, in the order in which the extra field has them.
 */
export function withZip64(
  bytes: Uint8Array,
  extraStart: number,
  extraEnd: number,
  numbers: readonly number[],
): number[] {
  for (let at = extraStart; at + 4 <= extraEnd; at += 4 + numberAt(bytes, at + 2, 2)) {
    if (numberAt(bytes, at, 2) !== ZIP64) continue;
    let from = at + 4;
    return numbers.map((number) => {
      if (number !== IN_EXTRA) return number;
      from += 8;
      return numberAt(bytes, from - 8, 8);
    });
  }
  return [...numbers];
}
