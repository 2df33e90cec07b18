import { AddressColumn, readIpv4 } from '@tuplescope/net';
import {
  Columns,
  type ColumnType,
  Interner,
  type SourceOrigin,
  SparseColumn,
} from '@tuplescope/scan';
import { readIpv6Text } from './address-text.ts';
import { hasFlags } from './describe-packet.ts';
import type { LineStamp } from './line-stamp.ts';
import type { LogPacket, RareFields } from './log-packet.ts';
import { NumberedTexts } from './numbered-texts.ts';
import { RepeatedText } from './repeated-text.ts';

/** The columns of the fields that most lines have. -1 in a signed one is a field not printed. */
export interface LogColumns {
  readonly start: Float64Array;
  readonly size: Uint32Array;
  readonly line: Uint32Array;
  readonly prefix: Uint32Array;
  readonly in: Uint32Array;
  readonly out: Uint32Array;
  readonly proto: Uint32Array;
  readonly mac: Uint32Array;
  readonly bits: Uint8Array;
  readonly len: Int32Array;
  readonly ttl: Int32Array;
  readonly ipId: Int32Array;
  readonly tos: Int32Array;
  readonly sport: Int32Array;
  readonly dport: Int32Array;
  readonly flags: Int32Array;
  readonly win: Int32Array;
  readonly res: Int32Array;
  readonly urgp: Int32Array;
}

type LogColumnTypes = { [Name in keyof LogColumns]: ColumnType<LogColumns[Name]> };

const types: LogColumnTypes = {
  start: Float64Array,
  size: Uint32Array,
  line: Uint32Array,
  prefix: Uint32Array,
  in: Uint32Array,
  out: Uint32Array,
  proto: Uint32Array,
  mac: Uint32Array,
  bits: Uint8Array,
  len: Int32Array,
  ttl: Int32Array,
  ipId: Int32Array,
  tos: Int32Array,
  sport: Int32Array,
  dport: Int32Array,
  flags: Int32Array,
  win: Int32Array,
  res: Int32Array,
  urgp: Int32Array,
};

/** Where the texts of a line stand in the input, offsets of the block. */
export class LineTexts {
  prefixStart = 0;
  prefixEnd = 0;
  reasonStart = 0;
  reasonEnd = 0;
  inStart = 0;
  inEnd = 0;
  outStart = 0;
  outEnd = 0;
}

/** The rows of a table while it grows: columns of numbers, each distinct text once. */
export class LogRows {
  /** How many rows there are. */
  length = 0;
  readonly texts: Interner = new Interner();
  readonly src: AddressColumn;
  readonly dst: AddressColumn;
  readonly reason: NumberedTexts = new NumberedTexts(this.texts);
  readonly at: SparseColumn = new SparseColumn();
  readonly uptime: SparseColumn = new SparseColumn();
  readonly timeOfDay: SparseColumn = new SparseColumn();
  readonly host: SparseColumn = new SparseColumn();
  readonly priority: SparseColumn = new SparseColumn();
  readonly seq: SparseColumn = new SparseColumn();
  readonly ack: SparseColumn = new SparseColumn();
  readonly tcpOptions: SparseColumn = new SparseColumn();
  readonly udpLength: SparseColumn = new SparseColumn();
  readonly uid: SparseColumn = new SparseColumn();
  readonly gid: SparseColumn = new SparseColumn();
  readonly mark: SparseColumn = new SparseColumn();
  /** What few rows have, by row. */
  readonly rare: Map<number, RareFields> = new Map();
  readonly #prefix: RepeatedText = new RepeatedText(this.texts);
  readonly #in: RepeatedText = new RepeatedText(this.texts);
  readonly #out: RepeatedText = new RepeatedText(this.texts);
  readonly #proto: RepeatedText = new RepeatedText(this.texts);
  readonly #mac: RepeatedText = new RepeatedText(this.texts);
  readonly #columns: Columns<LogColumnTypes>;
  readonly #printed: Interner = new Interner();
  /** By the number of a printed IPv6 address: the number of its short form, or -1. */
  readonly #shortened: number[] = [];

  /** @param rows how many rows to make room for at first. */
  constructor(rows: number) {
    this.#columns = new Columns(types, rows);
    this.src = new AddressColumn(this.texts, rows);
    this.dst = new AddressColumn(this.texts, rows);
    // Number 0 is the empty text: a column's zero reads as "none".
    this.texts.intern(new Uint8Array(0), 0, 0);
  }

  /** The columns by name. */
  get columns(): LogColumns {
    return this.#columns.arrays;
  }

  /** Puts an address into the next row; false where the bytes are none. */
  setAddress(column: AddressColumn, bytes: Uint8Array, start: number, end: number): boolean {
    const ipv4 = readIpv4(bytes, start, end);
    if (ipv4 >= 0) {
      column.setIpv4(this.length, ipv4);
      return true;
    }
    const id = this.#ipv6(bytes, start, end);
    if (id >= 0) column.setText(this.length, id);
    return id >= 0;
  }

  /** Adds a row; its addresses have been set. */
  add(
    bytes: Uint8Array,
    origin: SourceOrigin,
    place: { readonly line: number; readonly start: number; readonly end: number },
    texts: LineTexts,
    stamp: LineStamp,
  ): void {
    const row = this.length;
    this.#columns.reserve(row);
    const columns = this.#columns.arrays;
    columns.start[row] = origin.offset + place.start;
    columns.size[row] = place.end - place.start;
    columns.line[row] = origin.line + place.line - 1;
    columns.prefix[row] = this.#prefix.intern(bytes, texts.prefixStart, texts.prefixEnd);
    if (texts.reasonEnd > texts.reasonStart) {
      this.reason.set(row, bytes, texts.reasonStart, texts.reasonEnd);
    }
    columns.in[row] = this.#in.intern(bytes, texts.inStart, texts.inEnd);
    columns.out[row] = this.#out.intern(bytes, texts.outStart, texts.outEnd);
    this.#addStamp(bytes, row, stamp);
    this.length = row + 1;
  }

  /** Fills the packet's fields of the row that `add` will close. */
  setPacket(bytes: Uint8Array, packet: LogPacket): void {
    const row = this.length;
    this.#columns.reserve(row);
    const columns = this.#columns.arrays;
    columns.proto[row] = this.#proto.intern(bytes, packet.protoStart, packet.protoEnd);
    columns.mac[row] = this.#mac.intern(bytes, packet.macStart, packet.macEnd);
    columns.bits[row] = packet.bits;
    columns.len[row] = packet.len;
    columns.ttl[row] = packet.ttl;
    columns.ipId[row] = packet.ipId;
    columns.tos[row] = packet.tos;
    columns.sport[row] = packet.sport;
    columns.dport[row] = packet.dport;
    columns.flags[row] = hasFlags(packet) ? packet.flags : -1;
    columns.win[row] = packet.win;
    columns.res[row] = packet.res;
    columns.urgp[row] = packet.urgp;
    if (packet.seq >= 0) this.seq.set(row, packet.seq);
    if (packet.ack >= 0) this.ack.set(row, packet.ack);
    if (packet.udpLength >= 0) this.udpLength.set(row, packet.udpLength);
    if (packet.uid >= 0) this.uid.set(row, packet.uid);
    if (packet.gid >= 0) this.gid.set(row, packet.gid);
    if (packet.mark >= 0) this.mark.set(row, packet.mark);
    if (packet.rare !== null) this.rare.set(row, packet.rare);
    const { tcpOptionsStart, tcpOptionsEnd } = packet;
    if (tcpOptionsEnd > tcpOptionsStart) {
      this.tcpOptions.set(row, this.texts.intern(bytes, tcpOptionsStart, tcpOptionsEnd));
    }
  }

  /** Gives the memory of unused rows back. */
  trim(): void {
    const { length } = this;
    this.#columns.trim(length);
    this.src.trim(length);
    this.dst.trim(length);
    this.reason.trim(length);
    for (const column of [this.at, this.uptime, this.timeOfDay, this.host, this.priority]) {
      column.trim(length);
    }
    for (const column of [this.seq, this.ack, this.tcpOptions, this.udpLength]) {
      column.trim(length);
    }
    for (const column of [this.uid, this.gid, this.mark]) column.trim(length);
  }

  #addStamp(bytes: Uint8Array, row: number, stamp: LineStamp): void {
    if (!Number.isNaN(stamp.at)) this.at.set(row, stamp.at);
    if (!Number.isNaN(stamp.uptime)) this.uptime.set(row, stamp.uptime);
    if (!Number.isNaN(stamp.timeOfDay)) this.timeOfDay.set(row, stamp.timeOfDay);
    if (stamp.level >= 0) this.priority.set(row, stamp.facility * 8 + stamp.level);
    if (stamp.hostEnd > stamp.hostStart) {
      this.host.set(row, this.texts.intern(bytes, stamp.hostStart, stamp.hostEnd));
    }
  }

  #ipv6(bytes: Uint8Array, start: number, end: number): number {
    if (end - start < 2 || end - start > 45) return -1;
    const printed = this.#printed.intern(bytes, start, end);
    const known = this.#shortened[printed];
    if (known !== undefined) return known;
    const text = readIpv6Text(bytes, start, end);
    const id = text === null ? -1 : this.#internText(text);
    this.#shortened[printed] = id;
    return id;
  }

  #internText(text: string): number {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    return this.texts.intern(bytes, 0, bytes.length);
  }
}
