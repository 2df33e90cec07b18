import { BLANK, type Interner } from '@tuplescope/scan';
import { readAddress, readShort } from './common-values.ts';
import { CODE, DPOR, DST, ID, ORT, SPOR, SRC, TYPE } from './common-words.ts';
import { ICMP } from './protocols.ts';

const EQUALS = 0x3d;

/** The columns of tuples: see entry-columns.ts. */
export interface TupleArrays {
  readonly src: Uint32Array;
  readonly dst: Uint32Array;
  readonly sport: Uint16Array;
  readonly dport: Uint16Array;
}

/**
 * Reads `src=… dst=… ` into a row of tuples. Gives what {@link readAddress} gives of the source, plus
 * 256 times what it gives of the destination; 0 where anything else stands.
 */
export function readAddresses(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  tuples: TupleArrays,
  cell: number,
  pool: Interner,
): number {
  if (view.getInt32(at, true) !== SRC) return 0;
  const src = readAddress(bytes, at + 4, tuples.src, cell, pool);
  const dstAt = at + 5 + (src >> 1);
  if (src === 0 || view.getInt32(dstAt, true) !== DST) return 0;
  const dst = readAddress(bytes, dstAt + 4, tuples.dst, cell, pool);
  return dst === 0 ? 0 : src + dst * 256;
}

/**
 * Reads the addresses of a reply tuple as {@link readAddresses} does. They are those of the original
 * tuple turned round, save where NAT changed one: what is the same text is copied.
 *
 * @param originalAt where the original tuple begins, in the row before.
 * @param original what `readAddresses` gave of it.
 */
export function readReplyAddresses(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  tuples: TupleArrays,
  cell: number,
  pool: Interner,
  originalAt: number,
  original: number,
): number {
  if (view.getInt32(at, true) !== SRC) return 0;
  const originalDstAt = originalAt + 9 + ((original & 0xff) >> 1);
  let src = original >> 8;
  if (isSameText(view, at + 4, originalDstAt, src >> 1)) {
    tuples.src[cell] = tuples.dst[cell - 1] as number;
  } else src = readAddress(bytes, at + 4, tuples.src, cell, pool);
  const dstAt = at + 5 + (src >> 1);
  if (src === 0 || view.getInt32(dstAt, true) !== DST) return 0;
  let dst = original & 0xff;
  if (isSameText(view, dstAt + 4, originalAt + 4, dst >> 1)) {
    tuples.dst[cell] = tuples.src[cell - 1] as number;
  } else dst = readAddress(bytes, dstAt + 4, tuples.dst, cell, pool);
  return dst === 0 ? 0 : src + dst * 256;
}

/** Compares an address and the blank after it, by words; the last one overlaps. */
function isSameText(view: DataView, at: number, other: number, length: number): boolean {
  for (let i = 0; i + 4 <= length; i += 4) {
    if (view.getInt32(at + i, true) !== view.getInt32(other + i, true)) return false;
  }
  return view.getInt32(at + length - 3, true) === view.getInt32(other + length - 3, true);
}

/** Gives the bytes of `src=… dst=… `. */
export function addressesLength(addresses: number): number {
  return 10 + ((addresses & 0xff) >> 1) + (addresses >> 9);
}

/** Gives which addresses are texts: 1 the source, 2 the destination. */
export function textAddresses(addresses: number): number {
  return (addresses & 1) | ((addresses >> 7) & 2);
}

/**
 * Reads `sport=… dport=…` (TCP, UDP) or `type=… code=… id=…` (ICMP) into a row of tuples. Gives the
 * offset after it; 0 where anything else stands.
 */
export function readTupleFields(
  bytes: Uint8Array,
  view: DataView,
  from: number,
  protocol: number,
  tuples: TupleArrays,
  cell: number,
): number {
  if (protocol === ICMP) return readIcmp(bytes, view, from, tuples, cell);
  if (view.getInt32(from, true) !== SPOR || view.getInt32(from + 2, true) !== ORT) return 0;
  const sport = readShort(bytes, from + 6);
  const at = from + 6 + (sport >> 16);
  if (sport === 0 || bytes[at] !== BLANK) return 0;
  if (view.getInt32(at + 1, true) !== DPOR || view.getInt32(at + 3, true) !== ORT) return 0;
  const dport = readShort(bytes, at + 7);
  if (dport === 0) return 0;
  tuples.sport[cell] = sport;
  tuples.dport[cell] = dport;
  return at + 7 + (dport >> 16);
}

/** Reads `type=8 code=0 id=1`. Gives the offset after it, or 0. */
function readIcmp(
  bytes: Uint8Array,
  view: DataView,
  from: number,
  tuples: TupleArrays,
  cell: number,
): number {
  let at = from;
  if (view.getInt32(at, true) !== TYPE || bytes[at + 4] !== EQUALS) return 0;
  const type = readShort(bytes, at + 5);
  at += 5 + (type >> 16);
  if (type === 0 || (type & 0xffff) > 255 || bytes[at] !== BLANK) return 0;
  if (view.getInt32(at + 1, true) !== CODE || bytes[at + 5] !== EQUALS) return 0;
  const code = readShort(bytes, at + 6);
  at += 6 + (code >> 16);
  if (code === 0 || (code & 0xffff) > 255 || bytes[at] !== BLANK) return 0;
  if ((view.getInt32(at + 1, true) & 0xffffff) !== ID) return 0;
  const id = readShort(bytes, at + 4);
  if (id === 0) return 0;
  tuples.sport[cell] = id;
  tuples.dport[cell] = ((type & 0xff) << 8) | (code & 0xff);
  return at + 4 + (id >> 16);
}
