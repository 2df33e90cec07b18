import { COLUMN_NAMES } from './column-names.ts';
import type { PcapColumns } from './pcap-columns.ts';

/**
 * Copies a row to the end of other columns, as it is: its offsets and its IPv6 addresses are those of
 * the columns that it comes from.
 *
 * @example
 * copyRow(columns, row, kept);
 * kept.n[kept.length - 1] === columns.n[row] // true
 */
export function copyRow(from: PcapColumns, row: number, to: PcapColumns): void {
  for (const name of COLUMN_NAMES) to[name][to.length] = from[name][row] as number;
  to.length++;
}
