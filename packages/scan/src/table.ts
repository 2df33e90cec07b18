import type { Diagnostic } from './diagnostic.ts';

/** What every parser gives for a whole input: rows made when asked for, and what it has to say. */
export interface Table<Row> extends Iterable<Row> {
  /** How many rows there are. */
  readonly length: number;
  /** What was not understood or had to be forgiven, in the order of the input. */
  readonly diagnostics: readonly Diagnostic[];
  /** Makes the record of a row, from 0; throws a RangeError where there is no such row. */
  at(row: number): Row;
}

/**
 * Walks the rows of a table: the `[Symbol.iterator]` of every table.
 *
 * @example
 * [...iterateRows({ length: 2, at: (row) => row * 10 })] // [0, 10]
 */
export function* iterateRows<Row>(table: Pick<Table<Row>, 'length' | 'at'>): Iterator<Row> {
  for (let row = 0; row < table.length; row++) yield table.at(row);
}

/**
 * Throws a RangeError that names the row and the rows there are, unless the row exists.
 *
 * @example
 * checkRow(2, 2) // RangeError: row 2 does not exist, the table has the rows 0 to 1
 */
export function checkRow(row: number, length: number): void {
  if (Number.isInteger(row) && row >= 0 && row < length) return;
  const rows = length === 0 ? 'no rows' : `the rows 0 to ${length - 1}`;
  throw new RangeError(`row ${row} does not exist, the table has ${rows}`);
}
