import { copyRow } from './copy-row.ts';
import { MAX_ROWS, PcapColumns } from './pcap-columns.ts';

/**
 * Copies the rows from or to some ports of a whole file into columns of their own, in the same order.
 *
 * @param ports 1 for each port that is wanted, by its number.
 */
export function selectRows(pages: readonly PcapColumns[], ports: Uint8Array): PcapColumns[] {
  const selected: PcapColumns[] = [];
  const chosen = pages.map((page) => ({ page, rows: rowsOn(page, ports) }));
  let left = chosen.reduce((sum, { rows }) => sum + rows.length, 0);
  let to: PcapColumns | undefined;
  for (const { page, rows } of chosen) {
    for (const row of rows) {
      if (to === undefined || to.length === to.capacity) {
        to = new PcapColumns(page.interfaces, page.addresses, Math.min(left, MAX_ROWS));
        to.bytes = page.bytes;
        to.base = page.base;
        selected.push(to);
      }
      copyRow(page, row, to);
      left--;
    }
  }
  return selected;
}

function rowsOn({ length, sport, dport }: PcapColumns, ports: Uint8Array): number[] {
  const rows: number[] = [];
  for (let row = 0; row < length; row++) {
    if (ports[sport[row] as number] === 1 || ports[dport[row] as number] === 1) rows.push(row);
  }
  return rows;
}
