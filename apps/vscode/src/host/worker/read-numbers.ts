import {
  type PcapColumns,
  type PcapIndex,
  type PcapPosition,
  parsePcapAt,
  partReader,
} from '@tuplescope/pcap-reader';
import type { ByteSource } from './byte-source.ts';

/** Packets further apart than these are read one by one. */
const NEAR = 64;

/** More packets than these are not read at once. */
const LONGEST_RUN = 4096;

/** Memory to begin with, for a screen of packets, in bytes. */
const SMALLEST = 1 << 16;

/**
 * Reads some packets of an indexed file; those that lie near each other at once.
 *
 * @param numbers of the packets, ascending.
 * @param take gets each packet that could be taken apart: its place in `numbers`, and its row.
 */
export async function readNumbers(
  source: ByteSource,
  index: PcapIndex,
  numbers: ArrayLike<number>,
  take: (at: number, columns: PcapColumns, row: number) => void,
): Promise<void> {
  const read = partReader({ all: true });
  let memory = new Uint8Array(SMALLEST);
  for (const [from, to] of runsOf(numbers)) {
    const position = rangeOf(index, numbers[from] as number, numbers[to] as number);
    if (position === null) continue;
    const length = position.end - position.offset;
    if (length > memory.length) memory = new Uint8Array(length * 2);
    const bytes = await source.read(position.offset, length, memory);
    let at = from;
    for (const columns of read(bytes, position)) {
      for (let row = 0; row < columns.length && at <= to; row++) {
        const n = columns.n[row] as number;
        while (at <= to && (numbers[at] as number) < n) at++;
        if (at <= to && numbers[at] === n) take(at, columns, row);
      }
    }
  }
}

/** Reads a packet of an indexed file; null where it could not be taken apart, or is not there. */
export async function readPacket(
  source: ByteSource,
  index: PcapIndex,
  n: number,
): Promise<{ readonly columns: PcapColumns; readonly row: number } | null> {
  const position = index.find(n);
  if (position === null) return null;
  const bytes = await source.read(position.offset, position.end - position.offset);
  for (const columns of parsePcapAt(bytes, position, { all: true }).columns) {
    const row = columns.n.subarray(0, columns.length).indexOf(n);
    if (row >= 0) return { columns, row };
  }
  return null;
}

function rangeOf(index: PcapIndex, first: number, last: number): PcapPosition | null {
  const from = index.find(first);
  const to = index.find(last);
  return from === null || to === null ? null : { ...from, end: to.end };
}

/** From which to which of the numbers is read at once. */
function* runsOf(numbers: ArrayLike<number>): Generator<readonly [from: number, to: number]> {
  let from = 0;
  for (let at = 1; at <= numbers.length; at++) {
    const n = numbers[at];
    const isNear =
      n !== undefined &&
      n - (numbers[at - 1] as number) <= NEAR &&
      n - (numbers[from] as number) <= LONGEST_RUN;
    if (isNear) continue;
    yield [from, at - 1];
    from = at;
  }
}
