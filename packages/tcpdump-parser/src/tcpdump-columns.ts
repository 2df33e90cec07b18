import { AddressColumn } from '@tuplescope/net';
import { Columns, Interner, SparseColumn } from '@tuplescope/scan';
import { BytePool } from './byte-pool.ts';
import type { Cursor } from './cursor.ts';
import { takeHexLine } from './hex-dump.ts';
import { ROW_TYPES, type RowTypes } from './row-types.ts';

/** The rows that there is room for at first: fewer bytes of text than this have no row. */
const BYTES_PER_ROW = 200;

/** The rows of a table: a column for what most have, a sparse one for what few have. */
export class TcpdumpColumns {
  length = 0;
  readonly columns: Columns<RowTypes>;
  readonly names: Interner = new Interner();
  readonly src: AddressColumn;
  readonly dst: AddressColumn;
  readonly direction: SparseColumn = new SparseColumn();
  readonly link: SparseColumn = new SparseColumn();
  readonly sportName: SparseColumn = new SparseColumn();
  readonly dportName: SparseColumn = new SparseColumn();
  readonly flowLabel: SparseColumn = new SparseColumn();
  readonly urg: SparseColumn = new SparseColumn();
  readonly sackBase: SparseColumn = new SparseColumn();
  /** Option lists that the columns do not hold whole, and payload texts, as ranges of `texts`. */
  readonly optionsStart: SparseColumn = new SparseColumn();
  readonly optionsEnd: SparseColumn = new SparseColumn();
  readonly payloadStart: SparseColumn = new SparseColumn();
  readonly payloadEnd: SparseColumn = new SparseColumn();
  readonly texts: BytePool = new BytePool();
  /** Hex dumps as ranges of `packets`. */
  readonly hexStart: SparseColumn = new SparseColumn();
  readonly hexEnd: SparseColumn = new SparseColumn();
  readonly packets: BytePool = new BytePool();

  /** @param bytes length of the text, from which the number of rows is guessed. */
  constructor(bytes: number) {
    const rows = Math.max(16, Math.ceil(bytes / BYTES_PER_ROW));
    this.columns = new Columns(ROW_TYPES, rows);
    this.src = new AddressColumn(this.names, rows);
    this.dst = new AddressColumn(this.names, rows);
  }

  /** Adds a line to the payload text of the last row. */
  addPayloadLine(bytes: Uint8Array, start: number, end: number): void {
    const row = this.length - 1;
    if (this.payloadEnd.get(row) === this.texts.length) this.texts.addByte(0x0a);
    else this.payloadStart.set(row, this.texts.length);
    this.texts.add(bytes, start, end);
    this.payloadEnd.set(row, this.texts.length);
  }

  /** Adds a line of a hex dump to the last row; gives what `takeHexLine` gives. */
  addHexLine(cursor: Cursor): number {
    const row = this.length - 1;
    const start = this.hexStart.get(row) ?? this.packets.length;
    const added = takeHexLine(cursor, this.packets, this.packets.length - start);
    if (added < 0) return added;
    this.hexStart.set(row, start);
    this.hexEnd.set(row, this.packets.length);
    return added;
  }

  /** Notes where in the input the last row stands. */
  place(line: number, start: number, length: number): void {
    const { arrays } = this.columns;
    const row = this.length - 1;
    arrays.line[row] = line;
    arrays.start[row] = start;
    arrays.length[row] = length;
  }

  /** Notes that the last row reaches to an offset of the input. */
  extend(end: number): void {
    const { arrays } = this.columns;
    const row = this.length - 1;
    arrays.length[row] = end - (arrays.start[row] as number);
  }

  /** Gives the memory of unused rows back. */
  trim(): void {
    this.columns.trim(this.length);
    this.src.trim(this.length);
    this.dst.trim(this.length);
    for (const column of [
      this.direction,
      this.link,
      this.sportName,
      this.dportName,
      this.flowLabel,
      this.urg,
      this.sackBase,
      this.optionsStart,
      this.optionsEnd,
      this.payloadStart,
      this.payloadEnd,
      this.hexStart,
      this.hexEnd,
    ]) {
      column.trim(this.length);
    }
    this.texts.trim();
    this.packets.trim();
  }
}
