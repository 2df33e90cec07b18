import type { SegmentColumns } from '../segment-columns.ts';

const ROWS = 8192;

/** The columns that a capture of these connections would give; connections take turns at random. */
export function generateColumns(packets: number, connections: number): SegmentColumns[] {
  const random = generator(4242);
  const client = Uint32Array.from({ length: connections }, () => 0x0a00_0000 + random(3000));
  const server = Uint32Array.from({ length: connections }, () => 0x0a60_0000 + random(300));
  const port = Uint16Array.from({ length: connections }, () => 1024 + random(64_000));
  const step = new Uint8Array(connections);
  const next = new Uint32Array(connections * 2).map(() => random(0xffff_ffff));
  const pages: SegmentColumns[] = [];
  let nanoseconds = 0;
  for (let row = 0; row < packets; row += ROWS) {
    const page = newPage(Math.min(ROWS, packets - row), row);
    for (let own = 0; own < page.length; own++) {
      nanoseconds += 1000 * (1 + random(40));
      page.seconds[own] = 1_700_000_000 + Math.floor(nanoseconds / 1e9);
      page.nanoseconds[own] = nanoseconds % 1e9;
      fill(page, own, random(connections));
    }
    pages.push(page);
  }
  return pages;

  function fill(page: SegmentColumns, row: number, connection: number): void {
    const turn = step[connection] as number;
    const isData = turn > 2 && turn < 91;
    const reply = turn === 1 || turn === 92 || (isData && random(2) === 1) ? 1 : 0;
    const flags = turn === 0 ? 0x02 : turn === 1 ? 0x12 : turn === 91 || turn === 92 ? 0x11 : 0x10;
    const length = isData ? random(41) : 0;
    const own = connection * 2 + reply;
    page.src[row] = (reply ? server : client)[connection] as number;
    page.dst[row] = (reply ? client : server)[connection] as number;
    page.sport[row] = reply ? 443 : (port[connection] as number);
    page.dport[row] = reply ? (port[connection] as number) : 443;
    page.flags[row] = flags;
    page.payload[row] = length;
    page.seq[row] = next[own] as number;
    page.ack[row] = flags & 0x10 ? (next[own ^ 1] as number) : 0;
    next[own] = (next[own] as number) + length + (flags & 0x03 ? 1 : 0);
    step[connection] = turn + 1;
    if (turn < 93) return;
    step[connection] = 0;
    port[connection] = 1024 + random(64_000);
    next[connection * 2] = random(0xffff_ffff);
  }
}

function newPage(length: number, row: number): SegmentColumns {
  return {
    length,
    n: Uint32Array.from({ length }, (_, own) => row + own + 1),
    seconds: new Float64Array(length),
    nanoseconds: new Uint32Array(length),
    kind: new Uint16Array(length).fill(6),
    family: new Uint8Array(length).fill(4),
    src: new Uint32Array(length),
    dst: new Uint32Array(length),
    sport: new Uint16Array(length),
    dport: new Uint16Array(length),
    seq: new Uint32Array(length),
    ack: new Uint32Array(length),
    flags: new Uint16Array(length),
    payload: new Uint32Array(length),
    ipId: Uint16Array.from({ length }, (_, own) => row + own),
    interfaceNumber: new Uint16Array(length),
    bits: new Uint8Array(length).fill(4),
    interfaces: [{}],
    srcText: () => '',
    dstText: () => '',
  };
}

function generator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
