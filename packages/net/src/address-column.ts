import { formatIpv4, readIpv4 } from './ipv4.ts';

/** Keeps each distinct text once under a small number; the interner of `@tuplescope/scan` is one. */
export interface TextPool {
  /** Gives the number of these bytes, a new one where they are new. */
  intern(bytes: Uint8Array, start: number, end: number): number;
  /** Gives the text of a number. */
  text(id: number): string;
}

/** What the value of a row is; 0 is an IPv4 address. */
const IS_TEXT = 1;
const IS_MAPPED = 2;

/**
 * A column of addresses, five bytes a row: IPv4 as itself, also inside IPv6 (`::ffff:10.0.0.1`), all
 * else (IPv6, `*`, names) by its number in a pool.
 *
 * @example
 * const column = new AddressColumn(pool, 1);
 * column.set(0, new TextEncoder().encode('10.0.0.1'), 0, 8);
 * column.get(0) // '10.0.0.1'
 */
export class AddressColumn {
  #values: Uint32Array;
  #kinds: Uint8Array;
  readonly #pool: TextPool;

  /** @param rows how many rows to make room for at first; the column grows by itself. */
  constructor(pool: TextPool, rows: number) {
    this.#pool = pool;
    this.#values = new Uint32Array(rows);
    this.#kinds = new Uint8Array(rows);
  }

  /** Reads the address in these bytes into a row. */
  set(row: number, bytes: Uint8Array, start: number, end: number): void {
    const ipv4 = readIpv4(bytes, start, end);
    if (ipv4 >= 0) this.setIpv4(row, ipv4);
    else this.setText(row, this.#pool.intern(bytes, start, end));
  }

  /** Puts an IPv4 address, an unsigned 32-bit number in host order, into a row. */
  setIpv4(row: number, address: number): void {
    if (row >= this.#values.length) this.#resize(Math.max(16, this.#values.length * 2, row + 1));
    this.#values[row] = address;
    this.#kinds[row] = 0;
  }

  /** Puts an IPv4-mapped IPv6 address (RFC 4291 section 2.5.5.2) into a row, by its IPv4 address. */
  setMappedIpv4(row: number, address: number): void {
    this.setIpv4(row, address);
    this.#kinds[row] = IS_MAPPED;
  }

  /** Puts a text of the pool into a row. */
  setText(row: number, id: number): void {
    if (row >= this.#values.length) this.#resize(Math.max(16, this.#values.length * 2, row + 1));
    this.#values[row] = id;
    this.#kinds[row] = IS_TEXT;
  }

  /** Gives the address of a row as text. */
  get(row: number): string {
    const value = this.#values[row] ?? 0;
    const kind = this.#kinds[row];
    if (kind === IS_TEXT) return this.#pool.text(value);
    return kind === IS_MAPPED ? `::ffff:${formatIpv4(value)}` : formatIpv4(value);
  }

  /** Gives the memory of unused rows back. */
  trim(rows: number): void {
    if (rows < this.#values.length) this.#resize(rows);
  }

  #resize(rows: number): void {
    const values = new Uint32Array(rows);
    const kinds = new Uint8Array(rows);
    values.set(this.#values.subarray(0, rows));
    kinds.set(this.#kinds.subarray(0, rows));
    this.#values = values;
    this.#kinds = kinds;
  }
}
