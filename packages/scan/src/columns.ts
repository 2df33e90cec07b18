/** The typed arrays that a column can be. */
export type ColumnArray =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** How a column is made: the constructor of its typed array. */
export type ColumnType<A extends ColumnArray = ColumnArray> = new (rows: number) => A;

/** Columns by name, each as its typed array. */
export type ColumnArrays<Types extends Record<string, ColumnType>> = {
  [Name in keyof Types]: InstanceType<Types[Name]>;
};

/**
 * Named typed arrays that grow together, one cell a row. The arrays are replaced when they grow, so
 * take them anew from `arrays` after `reserve` says that it did.
 *
 * @example
 * const columns = new Columns({ timeout: Uint32Array, state: Uint8Array }, 16);
 * columns.reserve(0);
 * columns.arrays.timeout[0] = 108;
 */
export class Columns<Types extends Record<string, ColumnType>> {
  /** The arrays, each with room for `capacity` rows. */
  arrays: ColumnArrays<Types>;
  /** How many rows there is room for. */
  capacity: number;

  /** @param rows how many rows to make room for at first. */
  constructor(types: Types, rows: number) {
    this.capacity = Math.max(1, rows);
    this.arrays = mapColumns(types, (Type) => new Type(this.capacity)) as ColumnArrays<Types>;
  }

  /** Makes room for a row; true when the arrays were replaced. */
  reserve(row: number): boolean {
    if (row < this.capacity) return false;
    this.#resize(Math.max(row + 1, Math.ceil(this.capacity * 1.5)));
    return true;
  }

  /** Gives the memory of unused rows back. */
  trim(rows: number): void {
    if (rows < this.capacity) this.#resize(Math.max(1, rows));
  }

  #resize(rows: number): void {
    const resized = mapColumns<ColumnArray>(this.arrays, (old) => {
      const array = new (old.constructor as ColumnType)(rows);
      array.set(old.length > rows ? old.subarray(0, rows) : old);
      return array;
    });
    this.arrays = resized as ColumnArrays<Types>;
    this.capacity = rows;
  }
}

/**
 * Makes the object of columns. V8 turns an object into a hash table when more than twelve names are
 * assigned to it by `object[name] =`, and each access to a column then costs a lookup;
 * `Object.fromEntries` does not.
 */
function mapColumns<Value>(
  columns: Readonly<Record<string, Value>>,
  make: (value: Value) => ColumnArray,
): Record<string, ColumnArray> {
  return Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, make(value)]));
}
