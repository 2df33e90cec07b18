import { normalizeAddress } from '@tuplescope/net';

/** A port in use: of which address, toward which endpoint. */
export interface PortUse {
  readonly src: string;
  readonly dst: string;
  readonly dport: number;
  readonly sport: number;
}

/** Rows of a listing that use ports; addresses are asked for only where the ports are many. */
export interface PortUses {
  readonly length: number;
  /** The two ports of a row, as one number `dport * 65536 + sport`; -1 where it uses none. */
  portsAt(row: number): number;
  /** The addresses as the listing spells them. */
  srcAt(row: number): string;
  dstAt(row: number): string;
}

/** Cells of the sketch; two destinations that share one are told apart when they are taken. */
const CELLS = 1 << 18;

/**
 * Calls back for the rows of those sources and destinations that come at least so many times, in
 * three passes: by destination port, by a hash of all three, then for good. A million rows to a
 * million destinations make no record and no entry of a map.
 */
export function forMany(
  uses: PortUses,
  least: number,
  take: (row: number, use: PortUse) => void,
): void {
  const byPort = new Uint32Array(65_536);
  for (let row = 0; row < uses.length; row++) {
    const ports = uses.portsAt(row);
    if (ports >= 0) byPort[ports >>> 16] = (byPort[ports >>> 16] as number) + 1;
  }
  if (byPort.every((count) => count < least)) return;
  const cells = new Uint32Array(uses.length);
  const sketch = new Uint32Array(CELLS);
  for (let row = 0; row < uses.length; row++) {
    const ports = uses.portsAt(row);
    if (ports < 0 || (byPort[ports >>> 16] as number) < least) continue;
    const cell = hash(uses.srcAt(row), uses.dstAt(row), ports >>> 16);
    sketch[cell] = (sketch[cell] as number) + 1;
    cells[row] = cell + 1;
  }
  for (let row = 0; row < uses.length; row++) {
    const cell = cells[row] as number;
    if (cell === 0 || (sketch[cell - 1] as number) < least) continue;
    const ports = uses.portsAt(row);
    const src = normalizeAddress(uses.srcAt(row));
    const dst = normalizeAddress(uses.dstAt(row));
    take(row, { src, dst, dport: ports >>> 16, sport: ports & 0xffff });
  }
}

/** FNV-1a over the texts, folded to a cell of the sketch; one listing spells an address one way. */
function hash(src: string, dst: string, dport: number): number {
  let sum = 0x811c9dc5 ^ dport;
  for (let i = 0; i < src.length; i++) sum = Math.imul(sum ^ src.charCodeAt(i), 0x01000193);
  for (let i = 0; i < dst.length; i++) sum = Math.imul(sum ^ dst.charCodeAt(i), 0x01000193);
  return (sum ^ (sum >>> 15)) & (CELLS - 1);
}
