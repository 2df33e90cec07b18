import { checkRow, type Diagnostic, iterateRows, type Table } from '@tuplescope/scan';
import type { CaptureInterface } from './capture-interface.ts';
import { MAX_ROWS, type PcapColumns } from './pcap-columns.ts';
import type { PcapSegment } from './pcap-segment.ts';
import { selectRows } from './select-rows.ts';

/** The TCP segments of a capture: columns inside, records when they are asked for. */
export class PcapTable implements Table<PcapSegment> {
  readonly diagnostics: readonly Diagnostic[];
  /** The segments as columns; each holds 8192 but the last. */
  readonly columns: readonly PcapColumns[];
  /** The interfaces of the file. */
  readonly interfaces: readonly CaptureInterface[];
  /** How many packets the file has, with those that gave no record. */
  readonly packets: number;
  /** How many segments there are. */
  readonly length: number;

  constructor(
    columns: readonly PcapColumns[],
    interfaces: readonly CaptureInterface[],
    packets: number,
    diagnostics: readonly Diagnostic[],
  ) {
    this.columns = columns;
    this.interfaces = interfaces;
    this.packets = packets;
    this.diagnostics = diagnostics;
    this.length = columns.reduce((rows, { length }) => rows + length, 0);
  }

  at(row: number): PcapSegment {
    checkRow(row, this.length);
    return (this.columns[Math.floor(row / MAX_ROWS)] as PcapColumns).at(row % MAX_ROWS);
  }

  /**
   * Gives the segments from or to some ports as a table of their own, with the diagnostics of the file.
   *
   * @example
   * table.withPorts(new Set([44410])).length // 16
   */
  withPorts(ports: ReadonlySet<number>): PcapTable {
    const isWanted = new Uint8Array(65_536);
    for (const port of ports) isWanted[port] = 1;
    const columns = selectRows(this.columns, isWanted);
    return new PcapTable(columns, this.interfaces, this.packets, this.diagnostics);
  }

  [Symbol.iterator](): Iterator<PcapSegment> {
    return iterateRows(this);
  }
}
