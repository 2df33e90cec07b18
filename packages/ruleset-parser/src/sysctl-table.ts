import {
  Columns,
  type ColumnType,
  checkRow,
  type Diagnostic,
  Interner,
  iterateRows,
  type SourceOrigin,
  spanAt,
  type Table,
} from '@tuplescope/scan';
import { normalizeSysctlKey } from './sysctl-key.ts';
import type { SysctlSetting } from './sysctl-setting.ts';

interface SysctlColumns extends Record<string, ColumnType> {
  readonly key: Uint32ArrayConstructor;
  readonly value: Uint32ArrayConstructor;
  readonly line: Uint32ArrayConstructor;
  readonly start: Uint32ArrayConstructor;
  readonly end: Uint32ArrayConstructor;
}

const COLUMNS: SysctlColumns = {
  key: Uint32Array,
  value: Uint32Array,
  line: Uint32Array,
  start: Uint32Array,
  end: Uint32Array,
};

/** The settings of one block while it is parsed. */
export class SysctlRows {
  readonly origin: SourceOrigin;
  readonly texts: Interner = new Interner();
  readonly columns: Columns<SysctlColumns>;
  length = 0;

  constructor(bytes: Uint8Array, origin: SourceOrigin) {
    this.origin = origin;
    this.columns = new Columns(COLUMNS, Math.min(bytes.length >> 6, 1 << 16) + 16);
  }

  /** Adds a setting by the numbers of its texts. */
  add(key: number, value: number, line: number, start: number, end: number): void {
    const row = this.length++;
    this.columns.reserve(row);
    const { arrays } = this.columns;
    arrays.key[row] = key;
    arrays.value[row] = value;
    arrays.line[row] = line;
    arrays.start[row] = start;
    arrays.end[row] = end;
  }
}

/**
 * Kernel settings in the order of the input.
 *
 * @example
 * parseSysctl('net.ipv4.tcp_fin_timeout = 60\n').value('net/ipv4/tcp_fin_timeout') // '60'
 */
export class SysctlTable implements Table<SysctlSetting> {
  /** How many settings there are. */
  readonly length: number;
  /** What was not understood or had to be forgiven, in the order of the input. */
  readonly diagnostics: readonly Diagnostic[];
  readonly #rows: SysctlRows;
  #rowOfKey: ReadonlyMap<string, number> | null = null;

  /** @internal Tables come from `parseSysctl`. */
  constructor(rows: SysctlRows, diagnostics: readonly Diagnostic[]) {
    this.length = rows.length;
    this.diagnostics = diagnostics;
    this.#rows = rows;
  }

  /** Makes the setting of a row, from 0; throws a RangeError where there is no such row. */
  at(row: number): SysctlSetting {
    checkRow(row, this.length);
    const { columns, origin } = this.#rows;
    const { line, start, end } = columns.arrays;
    return {
      key: normalizeSysctlKey(this.#text('key', row)),
      value: this.#text('value', row),
      source: spanAt(origin, line[row] as number, start[row] as number, end[row] as number),
    };
  }

  [Symbol.iterator](): Iterator<SysctlSetting> {
    return iterateRows(this);
  }

  /**
   * Gives the value of a setting by its name in any form, or null where the text has none; of one
   * that stands more than once the last, which is the one in force.
   *
   * @example
   * parseSysctl('vm.swappiness=60\nvm.swappiness=10\n').value('/proc/sys/vm/swappiness') // '10'
   */
  value(key: string): string | null {
    const row = this.#index().get(normalizeSysctlKey(key));
    return row === undefined ? null : this.#text('value', row);
  }

  #text(column: 'key' | 'value', row: number): string {
    return this.#rows.texts.text(this.#rows.columns.arrays[column][row] as number);
  }

  #index(): ReadonlyMap<string, number> {
    if (this.#rowOfKey === null) {
      const rows = new Map<string, number>();
      for (let row = 0; row < this.length; row++) {
        rows.set(normalizeSysctlKey(this.#text('key', row)), row);
      }
      this.#rowOfKey = rows;
    }
    return this.#rowOfKey;
  }
}
