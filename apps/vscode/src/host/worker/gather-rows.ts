import type { ExplainedCapture } from '@tuplescope/packet-explainer';
import { AddressTable, copyRow, LACKS_PAYLOAD, PcapColumns } from '@tuplescope/pcap-reader';

/** Rows picked from the columns of a capture, as a capture of their own. */
export interface RowGatherer {
  /** Takes a row; the columns may be filled anew afterwards. */
  add(columns: PcapColumns, row: number): void;
  readonly length: number;
  /** Gives the rows as a capture that can be explained. */
  capture(name: string): ExplainedCapture;
  /** Begins anew in the same memory, once nothing needs the rows any more. */
  clear(): void;
}

const IPV6 = 6;
const SYN = 0x02;
const IPV6_SOURCE = 8;
const IPV6_DESTINATION = 24;

/** Bytes of a TCP header without options. */
const TCP_HEADER = 20;

/** NOP NOP TS: conntrack reads no options of a packet that has nothing else. */
const TIMESTAMPS_ONLY = 12;

/** Rows of a page, all but the last of them full. */
const PAGE = 8192;

/**
 * Gathers rows of a capture that is too large to be held, with no more of their bytes than the headers.
 *
 * @param headers whose headers are kept: of all, to make records of them; or of those whose options a
 *   verdict hangs on.
 */
export function gatherRows(headers: 'all' | 'options'): RowGatherer {
  let pages: PcapColumns[] = [];
  /** Pages of what was gathered before. */
  let spare: PcapColumns[] = [];
  const addresses = new AddressTable();
  let page: PcapColumns | null = null;
  /** Bytes of the page's headers so far. */
  let used = 0;
  let length = 0;

  const nextPage = ({ interfaces }: PcapColumns): PcapColumns => {
    const next = spare.pop() ?? new PcapColumns(interfaces, addresses, PAGE);
    if (next.bytes.length === 0) next.bytes = new Uint8Array(4096);
    next.length = 0;
    used = 0;
    pages.push(next);
    return next;
  };

  const keepHeader = (into: PcapColumns, columns: PcapColumns, row: number): void => {
    const start = (columns.offset[row] as number) - columns.base;
    const size =
      (columns.tcpStart[row] as number) + TCP_HEADER + (columns.optionsLength[row] as number);
    if (used + size > into.bytes.length) {
      const larger = new Uint8Array(Math.max(into.bytes.length * 2, used + size));
      larger.set(into.bytes);
      into.bytes = larger;
    }
    into.bytes.set(columns.bytes.subarray(start, start + size), used);
    into.offset[into.length - 1] = used;
    into.recordLength[into.length - 1] = size;
    used += size;
  };

  const isWanted = (columns: PcapColumns, row: number): boolean =>
    headers === 'all' ||
    (columns.optionsLength[row] as number) > TIMESTAMPS_ONLY ||
    ((columns.flags[row] as number) & SYN) !== 0;

  return {
    get length() {
      return length;
    },
    add: (columns, row) => {
      if (page === null || page.length === PAGE) page = nextPage(columns);
      const at = page.length;
      copyRow(columns, row, page);
      // The offsets were the file's; of this page's own bytes there are none so far.
      page.offset[at] = 0;
      page.recordLength[at] = 0;
      // Of what is behind the headers nothing is kept, so nothing is said of a checksum.
      page.bits[at] = (columns.bits[row] as number) | LACKS_PAYLOAD;
      if (columns.family[row] === IPV6) {
        const ip =
          (columns.offset[row] as number) - columns.base + (columns.ipStart[row] as number);
        page.src[at] = addresses.add(columns.bytes, ip + IPV6_SOURCE);
        page.dst[at] = addresses.add(columns.bytes, ip + IPV6_DESTINATION);
      }
      if (isWanted(columns, row)) keepHeader(page, columns, row);
      length++;
    },
    capture: (name) => ({ name, clockOffset: 0, segments: tableOf(pages, length) }),
    clear: () => {
      spare = [...spare, ...pages];
      pages = [];
      page = null;
      length = 0;
    },
  };
}

function tableOf(columns: readonly PcapColumns[], length: number): ExplainedCapture['segments'] {
  const at = (row: number): ReturnType<PcapColumns['at']> =>
    (columns[Math.floor(row / PAGE)] as PcapColumns).at(row % PAGE);
  return {
    length,
    at,
    // The last page may have room for more rows than it has: the others say how many a page has.
    columns,
    *[Symbol.iterator]() {
      for (let row = 0; row < length; row++) yield at(row);
    },
  };
}
