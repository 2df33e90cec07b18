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
 * Reads `src=… dst=… sport=… dport=…` (TCP, UDP) or `src=… dst=… type=… code=… id=…` (ICMP) into a
 * row of tuples. Gives four times the bytes read, plus 1 where the source is text, plus 2 where the
 * destination is; 0 where anything else stands.
 */
export function readCommonTuple(
  bytes: Uint8Array,
  view: DataView,
  from: number,
  protocol: number,
  tuples: TupleArrays,
  cell: number,
  pool: Interner,
): number {
  let at = from;
  if (view.getInt32(at, true) !== SRC) return 0;
  const src = readAddress(bytes, at + 4, tuples.src, cell, pool);
  at += 5 + (src >> 1);
  if (src === 0 || view.getInt32(at, true) !== DST) return 0;
  const dst = readAddress(bytes, at + 4, tuples.dst, cell, pool);
  at += 5 + (dst >> 1);
  if (dst === 0) return 0;
  const texts = (src & 1) | ((dst & 1) << 1);
  if (protocol === ICMP) {
    const end = readIcmp(bytes, view, at, tuples, cell);
    return end === 0 ? 0 : (end - from) * 4 + texts;
  }
  // sport=1 dport=2
  if (view.getInt32(at, true) !== SPOR || view.getInt32(at + 2, true) !== ORT) return 0;
  const sport = readShort(bytes, at + 6);
  at += 6 + (sport >> 16);
  if (sport === 0 || bytes[at] !== BLANK) return 0;
  if (view.getInt32(at + 1, true) !== DPOR || view.getInt32(at + 3, true) !== ORT) return 0;
  const dport = readShort(bytes, at + 7);
  if (dport === 0) return 0;
  tuples.sport[cell] = sport;
  tuples.dport[cell] = dport;
  return (at + 7 + (dport >> 16) - from) * 4 + texts;
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
