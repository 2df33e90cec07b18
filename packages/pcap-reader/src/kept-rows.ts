import { COLUMN_NAMES, type Column } from './column-names.ts';
import { MAX_ROWS, PcapColumns } from './pcap-columns.ts';

/**
 * Keeps the rows of pages that are filled again and again. In most captures all rows of a page agree
 * in a third of the bytes (family, protocol, where headers begin): of such a column there is one array
 * for all pages.
 */
export class KeptRows {
  /** By name and value: arrays that hold one value. */
  readonly #uniform = new Map<string, Column>();

  /** Copies the rows of a page. */
  keep(page: PcapColumns): PcapColumns {
    const { length, interfaces, addresses, bytes, base } = page;
    const kept = new PcapColumns(interfaces, addresses, 0);
    const columns = COLUMN_NAMES.map((name) => [name, this.#keep(name, page[name], length)]);
    return Object.assign(kept, { ...Object.fromEntries(columns), length, bytes, base });
  }

  #keep(name: string, column: Column, length: number): Column {
    const first = column[0] as number;
    for (let row = 1; row < length; row++) {
      if (column[row] !== first) return column.slice(0, length);
    }
    const key = `${name} ${first}`;
    let uniform = this.#uniform.get(key);
    if (uniform === undefined) {
      uniform = column.slice(0, 1);
      uniform = new (uniform.constructor as new (length: number) => Column)(MAX_ROWS).fill(first);
      this.#uniform.set(key, uniform);
    }
    return uniform.subarray(0, length);
  }
}
