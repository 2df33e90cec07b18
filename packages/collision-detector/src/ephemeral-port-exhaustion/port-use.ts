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
  /** The same as numbers where they are IPv4 and the listing has them so; null otherwise. */
  srcIpv4At(row: number): number | null;
  dstIpv4At(row: number): number | null;
}

/** Cells of the sketch; two pairs of ends that share one are told apart when they are taken. */
const CELLS = 1 << 18;

/** Of so many destination ports it is counted how many source ports each has, 64 KiB for each. */
const MOST_COUNTED = 64;

/**
 * Calls back for the rows of those sources and destinations that come at least so many times. What
 * cannot be many is left out first: by destination port, then by how many source ports it has, then
 * by a hash of source and destination. A million rows between a million ends make no record and no
 * entry of a map.
 */
export function forMany(
  uses: PortUses,
  least: number,
  take: (row: number, use: PortUse) => void,
): void {
  const isMany = manySourcePorts(uses, least, manyRows(uses, least));
  if (!isMany.includes(1)) return;
  const cells = new Uint32Array(uses.length);
  const sketch = new Uint32Array(CELLS);
  for (let row = 0; row < uses.length; row++) {
    const ports = uses.portsAt(row);
    if (ports < 0 || isMany[ports >>> 16] === 0) continue;
    const cell = cellOf(uses, row, ports >>> 16);
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

/** Marks the destination ports that have enough rows. */
function manyRows(uses: PortUses, least: number): Uint8Array {
  const counts = new Uint32Array(65_536);
  for (let row = 0; row < uses.length; row++) {
    const ports = uses.portsAt(row);
    if (ports >= 0) counts[ports >>> 16] = (counts[ports >>> 16] as number) + 1;
  }
  return Uint8Array.from(counts, (count) => Number(count >= least));
}

/** Of those keeps the ones that have enough source ports; all where they are too many to count. */
function manySourcePorts(uses: PortUses, least: number, isMany: Uint8Array): Uint8Array {
  const seen = new Map<number, { readonly has: Uint8Array; count: number }>();
  for (const [dport, mark] of isMany.entries()) {
    if (mark === 1) seen.set(dport, { has: new Uint8Array(65_536), count: 0 });
    if (seen.size > MOST_COUNTED) return isMany;
  }
  if (seen.size === 0) return isMany;
  for (let row = 0; row < uses.length; row++) {
    const ports = uses.portsAt(row);
    if (ports < 0 || isMany[ports >>> 16] === 0) continue;
    const ofPort = seen.get(ports >>> 16);
    if (ofPort === undefined || ofPort.has[ports & 0xffff] === 1) continue;
    ofPort.has[ports & 0xffff] = 1;
    ofPort.count++;
  }
  return Uint8Array.from(isMany, (_, dport) => Number((seen.get(dport)?.count ?? 0) >= least));
}

const PRIME = 0x01000193;

/** FNV-1a over both addresses, folded to a cell of the sketch; one listing spells an address one way. */
function cellOf(uses: PortUses, row: number, dport: number): number {
  const src = uses.srcIpv4At(row);
  const dst = uses.dstIpv4At(row);
  let sum = 0x811c9dc5 ^ dport;
  sum = src === null ? addText(sum, uses.srcAt(row)) : addNumber(sum, src);
  sum = dst === null ? addText(sum, uses.dstAt(row)) : addNumber(sum, dst);
  return (sum ^ (sum >>> 15)) & (CELLS - 1);
}

function addText(begun: number, text: string): number {
  let sum = begun;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), PRIME);
  return sum;
}

function addNumber(begun: number, value: number): number {
  let sum = begun;
  for (let shift = 0; shift < 32; shift += 8) {
    sum = Math.imul(sum ^ ((value >>> shift) & 0xff), PRIME);
  }
  return sum;
}
