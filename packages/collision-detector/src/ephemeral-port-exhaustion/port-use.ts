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
  /** The two ports of a row, as one number `dport << 16 | sport`; -1 where it uses none. */
  portsAt(row: number): number;
  srcAt(row: number): string;
  dstAt(row: number): string;
}

/** Cells of the sketch; two destinations that share one are told apart when they are taken. */
const CELLS = 1 << 18;

/**
 * Gives the rows of those sources and destinations that come at least so many times, in three
 * passes: by destination port, by a hash of all three, then for good. A million rows to a million
 * destinations make no record and no entry of a map.
 */
export function* manyTimes(uses: PortUses, least: number): Generator<[row: number, use: PortUse]> {
  const byPort = new Uint32Array(65_536);
  for (let row = 0; row < uses.length; row++) {
    const ports = uses.portsAt(row);
    if (ports >= 0) byPort[ports >>> 16] = (byPort[ports >>> 16] as number) + 1;
  }
  if (byPort.every((count) => count < least)) return;
  const sketch = new Uint32Array(CELLS);
  for (const [, use] of rowsTo(uses, byPort, least)) {
    const cell = hash(use);
    sketch[cell] = (sketch[cell] as number) + 1;
  }
  for (const [row, use] of rowsTo(uses, byPort, least)) {
    if ((sketch[hash(use)] as number) >= least) yield [row, use];
  }
}

function* rowsTo(
  uses: PortUses,
  byPort: Uint32Array,
  least: number,
): Generator<[row: number, use: PortUse]> {
  for (let row = 0; row < uses.length; row++) {
    const ports = uses.portsAt(row);
    if (ports < 0 || (byPort[ports >>> 16] as number) < least) continue;
    const use = {
      src: uses.srcAt(row),
      dst: uses.dstAt(row),
      dport: ports >>> 16,
      sport: ports & 0xffff,
    };
    yield [row, use];
  }
}

/** FNV-1a over the texts, folded to a cell of the sketch. */
function hash({ src, dst, dport }: PortUse): number {
  let sum = 0x811c9dc5 ^ dport;
  for (const text of [src, dst]) {
    for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  }
  return (sum ^ (sum >>> 15)) & (CELLS - 1);
}
