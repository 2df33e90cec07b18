import { checkRow, type Diagnostic, iterateRows, type Table } from '@tuplescope/scan';
import type { CounterColumns } from './counter-columns.ts';
import type { NstatCounter } from './nstat-counter.ts';

/**
 * Counters in the order of the input, kept in columns; a record is made when it is asked for.
 *
 * @example
 * const table = parseNstat('#kernel\nTcpExtTCPChallengeACK           140                0.0\n');
 * table.length // 1
 * table.at(0) // { name: 'TcpExtTCPChallengeACK', value: 140, rate: 0, source: { line: 2, start: 8, end: 62 } }
 * table.value('TcpExtTCPChallengeACK') // 140
 */
export class NstatTable implements Table<NstatCounter> {
  /** How many counters there are. */
  readonly length: number;
  /** What was not understood or had to be forgiven, in the order of the input. */
  readonly diagnostics: readonly Diagnostic[];
  readonly #columns: CounterColumns;
  #rows: Map<string, number> | null = null;

  /** @internal Tables come from `parseNstat`. */
  constructor(columns: CounterColumns, diagnostics: readonly Diagnostic[]) {
    this.length = columns.length;
    this.diagnostics = diagnostics;
    this.#columns = columns;
  }

  /** Makes the record of a row, from 0; throws a RangeError where there is no such row. */
  at(row: number): NstatCounter {
    checkRow(row, this.length);
    return this.#columns.at(row);
  }

  [Symbol.iterator](): Iterator<NstatCounter> {
    return iterateRows(this);
  }

  /**
   * Gives the value of a counter by the name that nstat prints, or null where the input does not
   * have it. Of a name that comes more than once (snapshots one after the other) it is the last.
   *
   * @example
   * parseNstat('Tcp: RetransSegs InErrs\nTcp: 3 0\n').value('TcpRetransSegs') // 3
   */
  value(name: string): number | null {
    this.#rows ??= this.#lastRows();
    const row = this.#rows.get(name);
    return row === undefined ? null : this.#columns.valueAt(row);
  }

  #lastRows(): Map<string, number> {
    const rows = new Map<string, number>();
    for (let row = 0; row < this.length; row++) rows.set(this.#columns.nameAt(row), row);
    return rows;
  }
}
