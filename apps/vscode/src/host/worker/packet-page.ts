import { formatTcpFlags } from '@tuplescope/net';
import { type PcapColumns, TCP } from '@tuplescope/pcap-reader';
import type { PacketPage } from '../../protocol/packets.ts';

/** A page that is filled row by row. */
export interface PageDraft {
  /** Writes a row of columns into a row of the page. */
  fill(at: number, columns: PcapColumns, row: number): void;
  /** Notes a packet that could not be taken apart. */
  fillUnknown(at: number, n: number): void;
  /** Notes what two kernels say of a packet. */
  fillVerdicts(at: number, own: number, other: number): void;
  finish(): PacketPage;
}

/** Begins a page of so many rows; its arrays share one buffer, so that it is sent in one piece. */
export function draftPage(first: number, length: number): PageDraft {
  const buffer = new ArrayBuffer(length * BYTES);
  let used = 0;
  const take = <Column>(
    Type: new (buffer: ArrayBuffer, offset: number, length: number) => Column,
    bytes: number,
  ): Column => {
    const column = new Type(buffer, used, length);
    used += bytes * length;
    return column;
  };
  // The widest first: each array begins at a multiple of its own width.
  const seconds = take(Float64Array, 8);
  const wide = { n: U32(), nanoseconds: U32(), seq: U32(), ack: U32(), payload: U32() };
  const narrow = {
    src: U16(),
    dst: U16(),
    sport: U16(),
    dport: U16(),
    flags: U16(),
    win: U16(),
    proto: U16(),
  };
  const bytes = { verdict: take(Uint8Array, 1), otherVerdict: take(Uint8Array, 1) };
  const texts = [''];
  const numbers = new Map([['', 0]]);

  function U32(): Uint32Array<ArrayBuffer> {
    return take(Uint32Array, 4);
  }
  function U16(): Uint16Array<ArrayBuffer> {
    return take(Uint16Array, 2);
  }
  const numberOf = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, texts.length);
    return texts.push(text) - 1;
  };

  return {
    fill: (at, columns, row) => {
      wide.n[at] = columns.n[row] as number;
      seconds[at] = columns.seconds[row] as number;
      wide.nanoseconds[at] = columns.nanoseconds[row] as number;
      wide.seq[at] = columns.seq[row] as number;
      wide.ack[at] = columns.ack[row] as number;
      wide.payload[at] = columns.payload[row] as number;
      narrow.src[at] = numberOf(columns.srcText(row));
      narrow.dst[at] = numberOf(columns.dstText(row));
      narrow.sport[at] = columns.sport[row] as number;
      narrow.dport[at] = columns.dport[row] as number;
      narrow.win[at] = columns.win[row] as number;
      const isTcp = columns.kind[row] === TCP;
      narrow.flags[at] = isTcp ? numberOf(formatTcpFlags(columns.flags[row] as number)) : 0;
      narrow.proto[at] = isTcp ? 0 : numberOf(columns.at(row).proto ?? '?');
    },
    fillUnknown: (at, n) => {
      wide.n[at] = n;
      narrow.proto[at] = numberOf('?');
    },
    fillVerdicts: (at, own, other) => {
      bytes.verdict[at] = own;
      bytes.otherVerdict[at] = other;
    },
    finish: () => ({
      first,
      length,
      seconds,
      ...wide,
      ...narrow,
      ...bytes,
      texts,
      handsOver: [buffer],
    }),
  };
}

/** Bytes of a row: one number of 8, five of 4, seven of 2, two of 1. */
const BYTES = 8 + 5 * 4 + 7 * 2 + 2;
