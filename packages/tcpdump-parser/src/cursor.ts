import { hexDigit } from '@tuplescope/scan';

/** A place in a line of bytes, moved on by what is taken from it. */
export interface Cursor {
  /** The block that the line is in. */
  readonly bytes: Uint8Array;
  /** The same bytes, to be read several at a time. */
  readonly view: DataView;
  /** Offset of the next byte. */
  at: number;
  /** Offset after the line's last byte. */
  end: number;
}

/** Makes a cursor on a range of bytes. */
export function newCursor(bytes: Uint8Array, at: number, end: number): Cursor {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), at, end };
}

/** Moves past an ASCII text where it stands next; else the cursor stays. */
export function takeText(cursor: Cursor, ascii: string): boolean {
  const { bytes, at } = cursor;
  const { length } = ascii;
  if (at + length > cursor.end) return false;
  for (let i = 0; i < length; i++) if (bytes[at + i] !== ascii.charCodeAt(i)) return false;
  cursor.at = at + length;
  return true;
}

/** Takes an unsigned decimal number of at most 15 digits, or gives -1 and stays. */
export function takeNumber(cursor: Cursor): number {
  const { bytes, end } = cursor;
  const start = cursor.at;
  let at = start;
  let value = 0;
  for (; at < end; at++) {
    const digit = (bytes[at] as number) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (at === start || at - start > 15) return -1;
  cursor.at = at;
  return value;
}

/** Takes an unsigned hexadecimal number of at most 8 digits, or gives -1 and stays. */
export function takeHex(cursor: Cursor): number {
  const { bytes, end } = cursor;
  const start = cursor.at;
  let at = start;
  let value = 0;
  for (; at < end; at++) {
    const digit = hexDigit(bytes[at] as number);
    if (digit < 0) break;
    value = value * 16 + digit;
  }
  if (at === start || at - start > 8) return -1;
  cursor.at = at;
  return value;
}
