/**
 * A column of numbers that few inputs have: it takes no memory until the first value is set, then
 * eight bytes a row.
 *
 * @example
 * const mark = new SparseColumn();
 * mark.get(3) // null
 * mark.set(3, 1337);
 * mark.get(3) // 1337
 */
export class SparseColumn {
  #values: Float64Array | null = null;

  /** Puts a number into a row. */
  set(row: number, value: number): void {
    let values = this.#values;
    if (values === null || row >= values.length) {
      const larger = new Float64Array(Math.max(64, row + 1, (values?.length ?? 0) * 2));
      larger.fill(Number.NaN);
      if (values !== null) larger.set(values);
      values = larger;
      this.#values = values;
    }
    values[row] = value;
  }

  /** Gives the number of a row, or null where none was set. */
  get(row: number): number | null {
    const value = this.#values?.[row];
    return value === undefined || Number.isNaN(value) ? null : value;
  }

  /** Gives the memory of unused rows back. */
  trim(rows: number): void {
    if (this.#values !== null && this.#values.length > rows) {
      this.#values = this.#values.slice(0, rows);
    }
  }
}
