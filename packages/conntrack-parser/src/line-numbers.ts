/**
 * Line numbers of rows, kept only where a row is not on the line after the row before it: a listing
 * of a million lines takes one step.
 *
 * @example
 * const lines = new LineNumbers();
 * lines.set(0, 1);
 * lines.set(1, 2);
 * lines.get(1) // 2
 */
export class LineNumbers {
  readonly #rows: number[] = [];
  readonly #lines: number[] = [];

  /** Says on which line a row is; rows come in their order. */
  set(row: number, line: number): void {
    const last = this.#rows.length - 1;
    if (last >= 0 && line - row === (this.#lines[last] ?? 0) - (this.#rows[last] ?? 0)) return;
    this.#rows.push(row);
    this.#lines.push(line);
  }

  /** Gives the line of a row. */
  get(row: number): number {
    let low = 0;
    let high = this.#rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#rows[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return (this.#lines[low] ?? 1) + row - (this.#rows[low] ?? 0);
  }
}
