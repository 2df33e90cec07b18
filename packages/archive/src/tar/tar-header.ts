import { decodeText } from '@tuplescope/scan';

/** Bytes of a header, and what members are padded to (POSIX.1-1988, ustar). */
export const BLOCK_BYTES = 512;

/** What the header of a member says of it. */
export interface TarHeader {
  /** Name, with the prefix that ustar keeps apart. */
  readonly name: string;
  /** Bytes of the member behind the header. */
  readonly size: number;
  /** What the member is; a NUL of old archives is given as `0`. */
  readonly type: string;
  /** Whether further headers with the holes of a sparse file follow (old GNU form). */
  readonly hasMore: boolean;
}

/** Where the fields of a header stand. */
const SIZE_AT = 124;
const CHECKSUM_AT = 148;
const TYPE_AT = 156;
const MAGIC_AT = 257;
const PREFIX_AT = 345;
const GNU_MORE_AT = 482;

/** Says whether a block is the header of a member: its checksum is right. */
export function isTarHeader(block: Uint8Array): boolean {
  return block.length >= BLOCK_BYTES && block[0] !== 0 && hasRightSum(block);
}

/** Reads a header, or gives null where the block is none. */
export function readTarHeader(block: Uint8Array): TarHeader | null {
  if (!isTarHeader(block)) return null;
  const size = readNumber(block, SIZE_AT, 12);
  if (size === null) return null;
  const type = String.fromCharCode(block[TYPE_AT] || 0x30);
  const prefix = textAt(block, MAGIC_AT, 6) === 'ustar' ? textAt(block, PREFIX_AT, 155) : '';
  const name = textAt(block, 0, 100);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size,
    type,
    hasMore: block[GNU_MORE_AT] !== 0,
  };
}

/** Reads text that ends at a NUL, or fills its field. */
export function textAt(bytes: Uint8Array, start: number, length: number): string {
  const end = bytes.subarray(start, start + length).indexOf(0);
  return decodeText(bytes, start, start + (end < 0 ? length : end));
}

/** The sum of all bytes, those of the checksum itself taken for blanks; old tars took them signed. */
function hasRightSum(block: Uint8Array): boolean {
  const written = readNumber(block, CHECKSUM_AT, 8);
  let sum = 0;
  let signed = 0;
  for (let i = 0; i < BLOCK_BYTES; i++) {
    const byte = i >= CHECKSUM_AT && i < CHECKSUM_AT + 8 ? 0x20 : (block[i] as number);
    sum += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  return written === sum || written === signed;
}

/** Octal digits between blanks, or with the top bit set a binary number (GNU); null for all else. */
function readNumber(block: Uint8Array, start: number, length: number): number | null {
  const first = block[start] as number;
  let value = 0;
  if (first >= 0x80) {
    if (first !== 0x80) return null;
    for (let i = start + 1; i < start + length; i++) value = value * 256 + (block[i] as number);
    return Number.isSafeInteger(value) ? value : null;
  }
  const digits = textAt(block, start, length).trim();
  if (digits === '') return 0;
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : null;
}
