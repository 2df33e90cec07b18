import { addPacket } from './add-packet.ts';
import { fillPlain } from './fill-plain.ts';
import { nextPacket } from './next-packet.ts';
import type { PcapColumns } from './pcap-columns.ts';
import type { PcapRun } from './pcap-run.ts';

/** Fills the columns anew from the walk's window; false where it holds no record any more. */
export function fillColumns(run: PcapRun, columns: PcapColumns): boolean {
  const { walk } = run;
  columns.length = 0;
  columns.bytes = walk.bytes;
  columns.base = walk.base;
  for (;;) {
    fillPlain(walk, columns);
    if (columns.length === columns.capacity || !nextPacket(walk)) break;
    addPacket(run, columns);
  }
  return columns.length > 0;
}
