import {
  checkRow,
  type Diagnostic,
  iterateRows,
  type SourceOrigin,
  type Table,
} from '@tuplescope/scan';
import { addressText } from './address-text.ts';
import type { ConntrackEntry } from './conntrack-entry.ts';
import type { EntryColumns } from './entry-columns.ts';
import {
  ASSURED,
  HAS_PORTS,
  HAS_TIMEOUT,
  TEXT_ADDRESS,
  UNNAMED,
  UNREPLIED,
} from './entry-flags.ts';
import { makeEntry } from './make-entry.ts';
import { GRE, isIcmp, protocolName } from './protocols.ts';
import { STATES } from './states.ts';

/** One end of one of an entry's two tuples. */
export type ConntrackEnd = 'origSrc' | 'origDst' | 'replySrc' | 'replyDst';

/** Which tuple of an entry, and which column of it, an end is. */
const ENDS = {
  origSrc: { direction: 0, address: 'src', port: 'sport', isText: TEXT_ADDRESS },
  origDst: { direction: 0, address: 'dst', port: 'dport', isText: TEXT_ADDRESS << 1 },
  replySrc: { direction: 1, address: 'src', port: 'sport', isText: TEXT_ADDRESS << 2 },
  replyDst: { direction: 1, address: 'dst', port: 'dport', isText: TEXT_ADDRESS << 3 },
} as const;

/**
 * The entries of one input. Columns inside: a record is made when `at` or the iteration asks for it.
 *
 * To look for a few rows among a million, ask for single cells (`stateAt`, `portAt` and so on) or for
 * `rowsWithPort`: neither makes records.
 *
 * @example
 * const rows = table.rowsWithPort(44410).filter((row) => table.stateAt(row) === 'SYN_SENT');
 * rows.map((row) => table.at(row).orig.dst) // ['172.21.206.198']
 */
export class ConntrackTable implements Table<ConntrackEntry> {
  /** How many entries there are. */
  readonly length: number;
  /** What was not understood or had to be forgiven, in the order of the input. */
  readonly diagnostics: readonly Diagnostic[];
  readonly #columns: EntryColumns;
  readonly #origin: SourceOrigin;

  /** @internal Tables come from `parseConntrack`. */
  constructor(columns: EntryColumns, diagnostics: readonly Diagnostic[], origin: SourceOrigin) {
    this.length = columns.length;
    this.diagnostics = diagnostics;
    this.#columns = columns;
    this.#origin = origin;
  }

  /** Makes the record of a row, from 0; throws a RangeError where there is no such row. */
  at(row: number): ConntrackEntry {
    checkRow(row, this.length);
    return makeEntry(this, this.#columns, row, this.#origin);
  }

  [Symbol.iterator](): Iterator<ConntrackEntry> {
    return iterateRows(this);
  }

  /** Gives the transport protocol of a row by name, as in the record. */
  protoAt(row: number): string {
    checkRow(row, this.length);
    const { flags, protocol } = this.#columns.entries.arrays;
    return (flags[row] ?? 0) & UNNAMED ? 'unknown' : protocolName(protocol[row] ?? 0);
  }

  /** Gives the state of a row, or null where none is printed. */
  stateAt(row: number): string | null {
    checkRow(row, this.length);
    return STATES[this.#columns.entries.arrays.state[row] ?? 0] ?? null;
  }

  /** Gives the seconds until a row's entry expires, or null where none are printed. */
  timeoutAt(row: number): number | null {
    checkRow(row, this.length);
    const { flags, timeout } = this.#columns.entries.arrays;
    return (flags[row] ?? 0) & HAS_TIMEOUT ? (timeout[row] ?? 0) : null;
  }

  /** Says whether no answer was seen to a row's entry, as in the record. */
  unrepliedAt(row: number): boolean {
    return this.#hasFlag(row, UNREPLIED);
  }

  /** Says whether a row's entry outlives early drop, as in the record. */
  assuredAt(row: number): boolean {
    return this.#hasFlag(row, ASSURED);
  }

  /**
   * Gives the address of one end of a row, as in the record.
   *
   * @example
   * table.addressAt(0, 'replySrc') // '127.0.0.1'
   */
  addressAt(row: number, end: ConntrackEnd): string {
    checkRow(row, this.length);
    const { direction, address, isText } = ENDS[end];
    const value = this.#columns.tuples.arrays[address][row * 2 + direction] ?? 0;
    const flags = this.#columns.entries.arrays.flags[row] ?? 0;
    return addressText(this.#columns.pool, (flags & isText) !== 0, value);
  }

  /**
   * Gives the IPv4 address of one end of a row as an unsigned 32-bit number in host order, or null
   * where it is another.
   *
   * @example
   * table.ipv4At(0, 'replySrc') // 2130706433
   */
  ipv4At(row: number, end: ConntrackEnd): number | null {
    checkRow(row, this.length);
    const { direction, address, isText } = ENDS[end];
    const { flags } = this.#columns.entries.arrays;
    if (((flags[row] ?? 0) & isText) !== 0) return null;
    return this.#columns.tuples.arrays[address][row * 2 + direction] ?? 0;
  }

  /**
   * Gives the port of one end of a row, or null where its protocol has none.
   *
   * @example
   * table.portAt(0, 'replySrc') // 15001
   */
  portAt(row: number, end: ConntrackEnd): number | null {
    checkRow(row, this.length);
    const { direction, port } = ENDS[end];
    if (!this.#hasPorts(row, direction)) return null;
    return this.#columns.tuples.arrays[port][row * 2 + direction] ?? 0;
  }

  /**
   * Gives the rows, ascending, that have this port at any of their four ends.
   *
   * @example
   * table.rowsWithPort(15001) // [0, 7]
   */
  rowsWithPort(port: number): number[] {
    const { sport, dport } = this.#columns.tuples.arrays;
    const rows: number[] = [];
    for (let cell = 0; cell < this.length * 2; cell++) {
      if (sport[cell] !== port && dport[cell] !== port) continue;
      const row = cell >> 1;
      if (rows.at(-1) !== row && this.#hasPorts(row, (cell & 1) as 0 | 1)) rows.push(row);
    }
    return rows;
  }

  #hasFlag(row: number, flag: number): boolean {
    checkRow(row, this.length);
    return ((this.#columns.entries.arrays.flags[row] ?? 0) & flag) !== 0;
  }

  /** The cells of ports hold ICMP fields and GRE keys too. */
  #hasPorts(row: number, direction: 0 | 1): boolean {
    const { flags, protocol } = this.#columns.entries.arrays;
    const number = protocol[row] ?? 0;
    return (
      ((flags[row] ?? 0) & (HAS_PORTS << direction)) !== 0 && !isIcmp(number) && number !== GRE
    );
  }
}
