import { fillColumns } from './fill-columns.ts';
import { KeptRows } from './kept-rows.ts';
import { MAX_ROWS, PcapColumns } from './pcap-columns.ts';
import type { PcapPosition } from './pcap-index.ts';
import { beginAt, endOfRun, newRun, type PcapOptions, type PcapRun } from './pcap-run.ts';
import { PcapTable } from './pcap-table.ts';
import { setWindow } from './walk.ts';

/**
 * Reads a capture file (pcap or pcapng, whole in memory) into TCP segments. Never throws: what is
 * damaged is in `diagnostics` with its offset, what can be read before and after it is read. Packets
 * that are not TCP are counted in one hint. The table keeps the bytes.
 *
 * @example
 * parsePcap(readFileSync('lo.pcap')).at(0).flags // 'S'
 */
export function parsePcap(input: Uint8Array, options: PcapOptions = {}): PcapTable {
  const run = newRun(options);
  setWindow(run.walk, input, 0, 0, true);
  return readAll(run);
}

/**
 * Reads a part of a capture file, from a position that a `PcapIndex` gave. Records have the numbers
 * and offsets that they have in the whole file.
 *
 * @param bytes what the file has from `position.offset` on, at least up to `position.end`.
 * @example
 * const position = index.find(1_000_000);
 * const part = await file.slice(position.offset, position.end).arrayBuffer();
 * parsePcapAt(new Uint8Array(part), position, { all: true }).at(0).n // 999937
 */
export function parsePcapAt(
  bytes: Uint8Array,
  position: PcapPosition,
  options: PcapOptions = {},
): PcapTable {
  const run = newRun(options);
  beginAt(run, bytes, position);
  return readAll(run);
}

/** Bytes of a record without a packet. */
const SHORTEST = 16;

function readAll(run: PcapRun): PcapTable {
  const { walk, addresses } = run;
  const first = walk.n;
  const pages: PcapColumns[] = [];
  // A small file needs no more rows than it has room for packets.
  const capacity = Math.min(MAX_ROWS, Math.ceil(walk.end / SHORTEST) + 1);
  const page = new PcapColumns(walk.interfaces.list, addresses, capacity);
  const rows = new KeptRows();
  while (fillColumns(run, page)) pages.push(rows.keep(page));
  const diagnostics = [...walk.damage.drain(), ...endOfRun(run)];
  return new PcapTable(pages, walk.interfaces.list, walk.n - first, diagnostics);
}
