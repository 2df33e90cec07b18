import { checkRow, type Diagnostic, iterateRows, type Table } from '@tuplescope/scan';
import type { ConntrackStatistics } from './conntrack-statistics.ts';

/**
 * The lines of one input, a CPU or a count each; there are few, so they are kept as they are.
 *
 * @example
 * parseConntrackStatistics('cpu=0 invalid=2\n').at(0).counters // { invalid: 2 }
 */
export class ConntrackStatisticsTable implements Table<ConntrackStatistics> {
  /** How many lines there are. */
  readonly length: number;
  /** What was not understood or had to be forgiven, in the order of the input. */
  readonly diagnostics: readonly Diagnostic[];
  readonly #rows: readonly ConntrackStatistics[];

  /** @internal Tables come from `parseConntrackStatistics`. */
  constructor(rows: readonly ConntrackStatistics[], diagnostics: readonly Diagnostic[]) {
    this.length = rows.length;
    this.diagnostics = diagnostics;
    this.#rows = rows;
  }

  /** Gives the record of a row, from 0; throws a RangeError where there is no such row. */
  at(row: number): ConntrackStatistics {
    checkRow(row, this.length);
    return this.#rows[row] as ConntrackStatistics;
  }

  [Symbol.iterator](): Iterator<ConntrackStatistics> {
    return iterateRows(this);
  }

  /**
   * Gives the sum of a counter over all CPUs, or null where no line has it.
   *
   * @example
   * parseConntrackStatistics('cpu=0 invalid=2\ncpu=1 invalid=5\n').sum('invalid') // 7
   */
  sum(counter: string): number | null {
    let sum: number | null = null;
    for (const row of this.#rows) {
      const value = 'counters' in row ? row.counters[counter] : undefined;
      if (value !== undefined) sum = (sum ?? 0) + value;
    }
    return sum;
  }
}
