import { AddressTable } from './address-table.ts';
import type { CaptureInterface } from './capture-interface.ts';
import { fillColumns } from './fill-columns.ts';
import { PcapColumns } from './pcap-columns.ts';
import type { PcapPosition } from './pcap-index.ts';
import { newRun, type PcapOptions } from './pcap-run.ts';
import { resumeAt, setWindow } from './walk.ts';

/** Gives the rows of a part of a capture file; what they hold is gone when the next are asked for. */
export type PartReader = (
  bytes: Uint8Array,
  position: PcapPosition,
) => Generator<PcapColumns, void, undefined>;

/**
 * Makes what reads parts of one capture file as `parsePcapAt` does, for many parts of which nothing is
 * kept: the same `PcapColumns` is filled again and again.
 *
 * @example
 * const read = partReader({ all: true });
 * for (const { length, payload } of read(bytes, position)) {
 *   for (let row = 0; row < length; row++) sum += payload[row];
 * }
 */
export function partReader(options: PcapOptions = {}): PartReader {
  const addresses = new AddressTable();
  let of: readonly CaptureInterface[] | null = null;
  let columns: PcapColumns | null = null;
  return function* read(bytes, { offset, end, n, context }) {
    const run = { ...newRun(options), addresses };
    const { list } = context.interfaces;
    if (columns === null || of !== list) columns = new PcapColumns(list, addresses);
    of = list;
    resumeAt(run.walk, context, n);
    setWindow(run.walk, bytes.subarray(0, Math.max(0, end - offset)), offset, 0, true);
    while (fillColumns(run, columns)) yield columns;
  };
}
