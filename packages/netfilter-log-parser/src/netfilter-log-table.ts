import { formatTcpFlags } from '@tuplescope/net';
import { checkRow, type Diagnostic, iterateRows, type Table } from '@tuplescope/scan';
import { addBits } from './describe-packet.ts';
import { CUT, type Writable } from './log-packet.ts';
import type { LogRows } from './log-rows.ts';
import { readMacText } from './mac-text.ts';
import type { LoggedMac, NetfilterLogRecord } from './netfilter-log-record.ts';

/** A column that can be read without making records. */
export type NetfilterLogColumn = 'len' | 'ttl' | 'ipId' | 'sport' | 'dport' | 'flags' | 'win';

/**
 * The records of a log, made when asked for; columns of numbers inside.
 *
 * @example
 * const table = parseNetfilterLog(text);
 * table.length // 7
 * table.at(0).dport // 7777
 */
export class NetfilterLogTable implements Table<NetfilterLogRecord> {
  /** How many records there are. */
  readonly length: number;
  /**
   * What was not understood or had to be forgiven, in the order of the input; the last may be a
   * hint that counts the lines that are no matter of this parser.
   */
  readonly diagnostics: readonly Diagnostic[];
  readonly #rows: LogRows;

  /** @internal Tables come from `parseNetfilterLog`. */
  constructor(rows: LogRows, diagnostics: readonly Diagnostic[]) {
    this.length = rows.length;
    this.diagnostics = diagnostics;
    this.#rows = rows;
  }

  /** @internal Gives the same rows with one diagnostic more at the end, where there is one. */
  withDiagnostic(diagnostic: Diagnostic | null): NetfilterLogTable {
    if (diagnostic === null) return this;
    return new NetfilterLogTable(this.#rows, [...this.diagnostics, diagnostic]);
  }

  /** Makes the record of a row, from 0; throws a RangeError where there is no such row. */
  at(row: number): NetfilterLogRecord {
    checkRow(row, this.length);
    const rows = this.#rows;
    const { columns, texts } = rows;
    const flags = columns.flags[row] as number;
    const record: Writable<NetfilterLogRecord> = {
      at: rows.at.get(row),
      prefix: texts.text(columns.prefix[row] as number),
      in: this.#text(columns.in, row),
      out: this.#text(columns.out, row),
      src: rows.src.get(row) || null,
      dst: rows.dst.get(row) || null,
      len: known(columns.len, row),
      ttl: known(columns.ttl, row),
      ipId: known(columns.ipId, row),
      proto: this.#text(columns.proto, row),
      sport: known(columns.sport, row),
      dport: known(columns.dport, row),
      flags: flags < 0 ? null : formatTcpFlags(flags),
      win: known(columns.win, row),
      reason: rows.reason.get(row),
      source: this.#source(row),
    };
    this.#addStamp(record, row);
    this.#addPacket(record, row);
    return record;
  }

  [Symbol.iterator](): Iterator<NetfilterLogRecord> {
    return iterateRows(this);
  }

  /**
   * Gives one column as numbers, a cell a row, for counting over a large log without a record a
   * line. `flags` are the bits of the TCP header; -1 is a field that was not printed.
   *
   * @example
   * table.column('dport').filter((port) => port === 7777).length // 7
   */
  column(name: NetfilterLogColumn): Int32Array {
    return this.#rows.columns[name].slice(0, this.length);
  }

  #text(column: Uint32Array, row: number): string | null {
    return this.#rows.texts.text(column[row] as number) || null;
  }

  #source(row: number): NetfilterLogRecord['source'] {
    const { columns } = this.#rows;
    const start = columns.start[row] as number;
    return { line: columns.line[row] as number, start, end: start + (columns.size[row] as number) };
  }

  #addStamp(record: Writable<NetfilterLogRecord>, row: number): void {
    const rows = this.#rows;
    const uptime = rows.uptime.get(row);
    const timeOfDay = rows.timeOfDay.get(row);
    const host = rows.host.get(row);
    const priority = rows.priority.get(row);
    if (uptime !== null) record.uptime = uptime;
    if (timeOfDay !== null) record.timeOfDay = timeOfDay;
    if (host !== null) record.host = rows.texts.text(host);
    if (priority === null) return;
    record.facility = priority >> 3;
    record.level = priority & 7;
  }

  #addPacket(record: Writable<NetfilterLogRecord>, row: number): void {
    const rows = this.#rows;
    const { columns, texts } = rows;
    const { mac: rareMac, ...rare } = rows.rare.get(row) ?? {};
    const bits = columns.bits[row] as number;
    const mac: LoggedMac = { ...readMacText(texts.text(columns.mac[row] as number)), ...rareMac };
    if (Object.keys(mac).length > 0) record.mac = mac;
    addBits(record, bits);
    if (bits & CUT) record.cut = true;
    const options = rows.tcpOptions.get(row);
    if (options !== null) record.tcpOptions = texts.text(options);
    const numbers = {
      tos: known(columns.tos, row),
      seq: rows.seq.get(row),
      ack: rows.ack.get(row),
      res: known(columns.res, row),
      urgp: known(columns.urgp, row),
      udpLength: rows.udpLength.get(row),
      uid: rows.uid.get(row),
      gid: rows.gid.get(row),
      mark: rows.mark.get(row),
    };
    for (const [name, value] of Object.entries(numbers)) {
      if (value !== null) record[name as keyof typeof numbers] = value;
    }
    Object.assign(record, rare);
  }
}

function known(column: Int32Array, row: number): number | null {
  const value = column[row] as number;
  return value < 0 ? null : value;
}
