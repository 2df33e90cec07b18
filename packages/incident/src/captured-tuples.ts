import type { ConntrackTable } from '@tuplescope/conntrack-parser';
import { parseIpv4, type TcpSegment } from '@tuplescope/net';
import type { PcapColumns } from '@tuplescope/pcap-reader';

/** Segments of a capture: pages of columns where the parser has them, else records. */
export type TupleSource =
  | { readonly columns: readonly TupleColumns[] }
  | (Iterable<Pick<TcpSegment, 'src' | 'sport' | 'dst' | 'dport'>> & { readonly columns?: never });

type TupleColumns = Pick<PcapColumns, 'length' | 'family' | 'src' | 'dst' | 'sport' | 'dport'>;

/** What of IPv6 takes part: nothing but ports. */
const OTHER_ADDRESS = 0;
const IPV4 = 4;

/** So many bits: of a million tuples, one in 67 others is taken for one of them. */
const BITS = 26;

/**
 * The tuples that packets show, in either direction, as a filter (Bloom's, with one hash): a tuple
 * that was captured always passes, and few others do.
 */
export class CapturedTuples {
  readonly #words = new Uint32Array(2 ** (BITS - 5));
  /** 1 for each port that occurs, by its number. */
  readonly #ports = new Uint8Array(65_536);

  /** Takes the tuples of a capture. */
  add(source: TupleSource): void {
    if (source.columns !== undefined) {
      for (const page of source.columns) this.#addPage(page);
      return;
    }
    for (const { src, sport, dst, dport } of source) {
      this.#mark(parseIpv4(src) ?? OTHER_ADDRESS, sport, parseIpv4(dst) ?? OTHER_ADDRESS, dport);
    }
  }

  /** Says whether a port occurs in the captures, at either end. */
  hasPort(port: number): boolean {
    return this.#ports[port] === 1;
  }

  /**
   * Gives the rows of a listing or of events that may belong to captured packets: TCP entries one of
   * whose two tuples passes. No record is made.
   *
   * @example
   * for (const row of tuples.rowsOf(table)) entries.push(table.at(row));
   */
  *rowsOf(table: ConntrackTable): Generator<number, void, undefined> {
    for (let row = 0; row < table.length; row++) {
      const isCaptured =
        this.#has(table, row, 'origSrc', 'origDst') ||
        this.#has(table, row, 'replySrc', 'replyDst');
      if (isCaptured && table.protoAt(row) === 'tcp') yield row;
    }
  }

  #addPage({ length, family, src, dst, sport, dport }: TupleColumns): void {
    for (let row = 0; row < length; row++) {
      const isIpv4 = family[row] === IPV4;
      const from = isIpv4 ? (src[row] as number) : OTHER_ADDRESS;
      const to = isIpv4 ? (dst[row] as number) : OTHER_ADDRESS;
      this.#mark(from, sport[row] as number, to, dport[row] as number);
    }
  }

  #mark(src: number, sport: number, dst: number, dport: number): void {
    this.#ports[sport] = 1;
    this.#ports[dport] = 1;
    const bit = hash(src, sport, dst, dport);
    this.#words[bit >>> 5] = (this.#words[bit >>> 5] as number) | (1 << (bit & 31));
  }

  #has(
    table: ConntrackTable,
    row: number,
    src: 'origSrc' | 'replySrc',
    dst: 'origDst' | 'replyDst',
  ): boolean {
    const sport = table.portAt(row, src);
    const dport = table.portAt(row, dst);
    if (sport === null || dport === null) return false;
    if (!this.hasPort(sport) || !this.hasPort(dport)) return false;
    const from = table.ipv4At(row, src) ?? OTHER_ADDRESS;
    const bit = hash(from, sport, table.ipv4At(row, dst) ?? OTHER_ADDRESS, dport);
    return ((this.#words[bit >>> 5] as number) & (1 << (bit & 31))) !== 0;
  }
}

/** The same for both directions. */
function hash(src: number, sport: number, dst: number, dport: number): number {
  const mixed = Math.imul((mix(src, sport) + mix(dst, dport)) | 0, 0x9e37_79b1);
  return (mixed ^ (mixed >>> 15)) >>> (32 - BITS);
}

function mix(address: number, port: number): number {
  const mixed = Math.imul(address ^ Math.imul(port, 0x85eb_ca6b), 0xc2b2_ae35);
  return mixed ^ (mixed >>> 13);
}
