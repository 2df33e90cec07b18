import { AddressTable } from './address-table.ts';
import { fillColumns } from './fill-columns.ts';
import { PcapColumns } from './pcap-columns.ts';
import type { PcapPosition } from './pcap-index.ts';
import { beginAt, newRun, type PcapOptions } from './pcap-run.ts';

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
  let columns: PcapColumns | null = null;
  return function* read(bytes, position) {
    const run = { ...newRun(options), addresses };
    const { list } = position.context.interfaces;
    if (columns?.interfaces !== list) columns = new PcapColumns(list, addresses);
    beginAt(run, bytes, position);
    while (fillColumns(run, columns)) yield columns;
  };
}
