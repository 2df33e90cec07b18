import { formatIpv4, formatTcpFlags, type TcpSegment } from '@tuplescope/net';
import type { HeaderColumns, SegmentTable } from '../capture-source.ts';

/** The steps of a connection: who sends, which flags, how many bytes. */
type Step = readonly [reply: 0 | 1, flags: number, bytes: number];

const SYN = 0x02;
const FIN_ACK = 0x11;
const ACK = 0x10;
const PSH_ACK = 0x18;

const OPEN: readonly Step[] = [
  [0, SYN, 0],
  [1, SYN | ACK, 0],
  [0, ACK, 0],
];
const EXCHANGE: readonly Step[] = [
  [0, PSH_ACK, 200],
  [1, ACK, 0],
  [1, PSH_ACK, 1400],
  [0, ACK, 0],
];
const CLOSE: readonly Step[] = [
  [0, FIN_ACK, 0],
  [1, FIN_ACK, 0],
  [0, ACK, 0],
];
const LIFE: readonly Step[] = [
  ...OPEN,
  ...Array.from({ length: 23 }, () => EXCHANGE).flat(),
  ...CLOSE,
];

const PAGE = 8192;

/** A capture of connections that take turns, each opened, used and closed as TCP does; synthetic. */
export function generateTable(packets: number, connections: number): SegmentTable {
  const step = new Uint8Array(connections);
  const round = new Uint32Array(connections);
  const next = new Uint32Array(connections * 2).map((_, i) => Math.imul(i + 1, 0x9e37_79b1) >>> 0);
  const pages: HeaderColumns[] = [];
  for (let row = 0; row < packets; row += PAGE) {
    const page = newPage(Math.min(PAGE, packets - row), row);
    for (let own = 0; own < page.length; own++) fill(page, own, row + own);
    pages.push(page);
  }
  return {
    length: packets,
    columns: pages,
    at: (row) => recordOf(pages[Math.floor(row / PAGE)] as HeaderColumns, row % PAGE),
    [Symbol.iterator]: () => {
      throw new Error('a benchmark reads columns');
    },
  };

  function fill(page: HeaderColumns, own: number, row: number): void {
    const connection = row % connections;
    const [reply, flags, bytes] = LIFE[step[connection] as number] as Step;
    const client = 0x0a00_0000 + (connection >>> 8);
    const port = 1024 + (connection & 0xff) + (((round[connection] as number) * 256) % 60_000);
    const server = 0x0a60_0000 + (connection % 300);
    const side = connection * 2 + reply;
    const nanoseconds = row * 20_000;
    page.seconds[own] = 1_700_000_000 + Math.floor(nanoseconds / 1e9);
    page.nanoseconds[own] = nanoseconds % 1e9;
    page.src[own] = reply ? server : client;
    page.dst[own] = reply ? client : server;
    page.sport[own] = reply ? 443 : port;
    page.dport[own] = reply ? port : 443;
    page.flags[own] = flags;
    page.seq[own] = next[side] as number;
    page.ack[own] = flags & ACK ? (next[side ^ 1] as number) : 0;
    page.payload[own] = bytes;
    page.win[own] = 512;
    page.ipId[own] = row & 0xffff;
    page.optionsLength[own] = flags & SYN ? 20 : 12;
    next[side] = (next[side] as number) + bytes + (flags & 0x03 ? 1 : 0);
    const after = (step[connection] as number) + 1;
    step[connection] = after % LIFE.length;
    if (after === LIFE.length) round[connection] = (round[connection] as number) + 1;
  }
}

function newPage(length: number, row: number): HeaderColumns {
  const page = {
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
    win: new Uint16Array(length),
    flags: new Uint16Array(length),
    payload: new Uint32Array(length),
    ipId: new Uint16Array(length),
    interfaceNumber: new Uint16Array(length),
    bits: new Uint8Array(length).fill(1 << 2),
    optionsLength: new Uint8Array(length),
    interfaces: [{}],
    srcText: (own: number): string => formatIpv4(page.src[own] as number),
    dstText: (own: number): string => formatIpv4(page.dst[own] as number),
  };
  return page;
}

function recordOf(page: HeaderColumns, own: number): TcpSegment {
  const flags = page.flags[own] as number;
  return {
    n: page.n[own] as number,
    at: (page.seconds[own] as number) + (page.nanoseconds[own] as number) / 1e9,
    src: page.srcText(own),
    sport: page.sport[own] as number,
    dst: page.dstText(own),
    dport: page.dport[own] as number,
    flags: formatTcpFlags(flags),
    seq: page.seq[own] as number,
    ...(flags & ACK ? { ack: page.ack[own] as number } : {}),
    win: page.win[own] as number,
    len: page.payload[own] as number,
    ...(flags & SYN ? { options: { mss: 1460, wscale: 7, sackOK: true as const } } : {}),
    truncated: false,
  };
}
