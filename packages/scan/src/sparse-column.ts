/** What a column is kept in, narrowest first. */
type Cells = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** The whole-number widths with the largest value each holds: one less than its own, 0 means none. */
const WIDTHS = [
  { Type: Uint8Array, most: 0xfe },
  { Type: Uint16Array, most: 0xfffe },
  { Type: Uint32Array, most: 0xfffffffe },
] as const;

/**
 * A column of numbers that few inputs have: it takes no memory until the first value is set, then as
 * many bytes a row as its largest value asks for (1, 2 or 4 for whole numbers from 0 on, else 8).
 *
 * @example
 * const mark = new SparseColumn();
 * mark.get(3) // null
 * mark.set(3, 1337);
 * mark.get(3) // 1337
 */
export class SparseColumn {
  #cells: Cells = new Uint8Array(0);
  /** The largest whole number that the cells hold; -1 where they hold any number as it is. */
  #most: number = WIDTHS[0].most;

  /** Puts a number into a row. */
  set(row: number, value: number): void {
    const isHeld = this.#most < 0 || isWholeUpTo(value, this.#most);
    if (row >= this.#cells.length || !isHeld) this.#makeRoom(row, value);
    this.#cells[row] = this.#most < 0 ? value : value + 1;
  }

  /** Gives the number of a row, or null where none was set. */
  get(row: number): number | null {
    const cell = this.#cells[row];
    if (cell === undefined) return null;
    if (this.#most < 0) return Number.isNaN(cell) ? null : cell;
    return cell === 0 ? null : cell - 1;
  }

  /** Gives the memory of unused rows back. */
  trim(rows: number): void {
    if (this.#cells.length > rows) this.#cells = this.#cells.slice(0, rows);
  }

  #makeRoom(row: number, value: number): void {
    const old = this.#cells;
    const rows = row < old.length ? old.length : Math.max(64, row + 1, old.length * 2);
    const width = WIDTHS.find(({ most }) => most >= this.#most && isWholeUpTo(value, most));
    if (this.#most >= 0 && width !== undefined) {
      this.#cells = new width.Type(rows);
      this.#cells.set(old);
      this.#most = width.most;
      return;
    }
    const cells = new Float64Array(rows).fill(Number.NaN);
    if (this.#most < 0) cells.set(old);
    else for (let i = 0; i < old.length; i++) if (old[i] !== 0) cells[i] = (old[i] as number) - 1;
    this.#cells = cells;
    this.#most = -1;
  }
}

/** Says whether a number is 0 or a whole number up to `most`; minus zero is not. */
function isWholeUpTo(value: number, most: number): boolean {
  return value <= most && value >>> 0 === value && (value !== 0 || 1 / value > 0);
}
