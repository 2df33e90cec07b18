import { toBytes } from '@tuplescope/scan';
import type { Cursor } from './cursor.ts';

/** A text of the grammar, prepared to be compared four bytes at a time. */
export interface Literal {
  readonly length: number;
  /** The first bytes, in fours, each four as a little-endian number. */
  readonly fours: Uint32Array;
  /** The up to three bytes after them. */
  readonly rest: Uint8Array;
}

/** Prepares an ASCII text. */
export function literal(ascii: string): Literal {
  const bytes = toBytes(ascii);
  const fours = new Uint32Array(bytes.length >> 2);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let i = 0; i < fours.length; i++) fours[i] = view.getUint32(i * 4, true);
  return { length: bytes.length, fours, rest: bytes.slice(fours.length * 4) };
}

/**
 * Moves past a literal where it stands next; else the cursor stays. It does what `takeText` does, in
 * half the time: more than half the bytes of a packet's line are the same in every line.
 */
export function takeLiteral(cursor: Cursor, { length, fours, rest }: Literal): boolean {
  const { view, bytes, at } = cursor;
  if (at + length > cursor.end) return false;
  let next = at;
  for (let i = 0; i < fours.length; i++, next += 4) {
    if (view.getUint32(next, true) !== fours[i]) return false;
  }
  for (let i = 0; i < rest.length; i++, next++) if (bytes[next] !== rest[i]) return false;
  cursor.at = next;
  return true;
}
