import { addSerial, formatTcpFlags, type TcpOptions } from '@tuplescope/net';
import { checkRow, type Diagnostic, iterateRows, type Table } from '@tuplescope/scan';
import { formatHex, readTcpNumbers } from './hex-dump.ts';
import { type LinkHeader, readLinkHeader } from './link-header.ts';
import { ELAPSED, EPOCH, TIME_OF_DAY } from './packet-draft.ts';
import { readOptions } from './read-options.ts';
import * as has from './row-bits.ts';
import type { TcpdumpColumns } from './tcpdump-columns.ts';
import type { AbsoluteNumbers, TcpdumpChecksum, TcpdumpSegment } from './tcpdump-segment.ts';

/**
 * The TCP segments of a tcpdump text, in columns: a record is made when it is asked for.
 *
 * @example
 * const table = parseTcpdump(text);
 * table.at(0).flags // 'S'
 */
export class TcpdumpTable implements Table<TcpdumpSegment> {
  /** How many TCP segments there are. */
  readonly length: number;
  /** What was not understood or forgiven, in the order of the input; a hint on other packets is last. */
  readonly diagnostics: readonly Diagnostic[];
  readonly #rows: TcpdumpColumns;

  /** @internal Tables come from `parseTcpdump`. */
  constructor(rows: TcpdumpColumns, diagnostics: readonly Diagnostic[]) {
    this.length = rows.length;
    this.diagnostics = diagnostics;
    this.#rows = rows;
  }

  /** @internal Gives the same rows with one diagnostic more at the end, where there is one. */
  withDiagnostic(diagnostic: Diagnostic | null): TcpdumpTable {
    if (diagnostic === null) return this;
    return new TcpdumpTable(this.#rows, [...this.diagnostics, diagnostic]);
  }

  /** Makes the record of a row, from 0; throws a RangeError where there is no such row. */
  at(row: number): TcpdumpSegment {
    checkRow(row, this.length);
    const rows = this.#rows;
    const { arrays } = rows.columns;
    const bits = arrays.has[row] as number;
    const interfaceId = arrays.interfaceId[row] as number;
    const options = bits & has.HAS_OPTIONS ? this.#options(row, bits) : undefined;
    const hexStart = rows.hexStart.get(row);
    const hex = hexStart === null ? null : rows.packets.bytes(hexStart, rows.hexEnd.get(row) ?? 0);
    const absolute = this.#absolute(row, bits, options, hex);
    const start = arrays.start[row] as number;
    const direction = rows.direction.get(row);
    const payload = rows.payloadStart.get(row);
    return {
      n: arrays.n[row] as number,
      ...this.#time(row),
      ...(interfaceId > 0 && { interface: rows.names.text(interfaceId - 1) }),
      ...(direction !== null && { direction: rows.names.text(direction) }),
      ...this.#link(row),
      src: rows.src.get(row),
      sport: arrays.sport[row] as number,
      ...optionalText(rows, 'sportName', row),
      dst: rows.dst.get(row),
      dport: arrays.dport[row] as number,
      ...optionalText(rows, 'dportName', row),
      flags: formatTcpFlags(arrays.flags[row] as number),
      ...(bits & has.IS_QUIET ? { quiet: true as const } : {}),
      ...(bits & has.HAS_SEQ ? { seq: arrays.seq[row] as number } : {}),
      ...(bits & has.HAS_ACK ? { ack: arrays.ack[row] as number } : {}),
      ...(bits & has.IS_RELATIVE ? { relative: true as const } : {}),
      ...(absolute !== null && { absolute }),
      ...(bits & has.HAS_WIN ? { win: arrays.win[row] as number } : {}),
      ...optionalNumber(rows, 'urg', row),
      len: arrays.len[row] as number,
      ...(options !== undefined && { options }),
      ...this.#header(row, bits),
      truncated: (bits & has.IS_TRUNCATED) !== 0,
      ...(payload !== null && { payload: rows.texts.text(payload, rows.payloadEnd.get(row) ?? 0) }),
      ...(hex !== null && { hex: formatHex(hex) }),
      source: {
        line: arrays.line[row] as number,
        start,
        end: start + (arrays.length[row] as number),
      },
    };
  }

  [Symbol.iterator](): Iterator<TcpdumpSegment> {
    return iterateRows(this);
  }

  #time(row: number): Pick<TcpdumpSegment, 'at' | 'timeOfDay' | 'elapsed'> {
    const seconds = this.#rows.columns.arrays.seconds[row] as number;
    switch (this.#rows.columns.arrays.clock[row]) {
      case EPOCH:
        return { at: seconds };
      case TIME_OF_DAY:
        return { at: null, timeOfDay: seconds };
      case ELAPSED:
        return { at: null, elapsed: seconds };
      default:
        return { at: null };
    }
  }

  #link(row: number): LinkHeader {
    const link = this.#rows.link.get(row);
    return link === null ? {} : readLinkHeader(this.#rows.names.text(link));
  }

  #header(
    row: number,
    bits: number,
  ): Pick<TcpdumpSegment, 'ipId' | 'ttl' | 'tos' | 'df' | 'ipLength' | 'flowLabel' | 'checksum'> {
    const { arrays } = this.#rows.columns;
    return {
      ...(bits & has.HAS_IP_ID ? { ipId: arrays.ipId[row] as number } : {}),
      ...(bits & has.HAS_TTL ? { ttl: arrays.ttl[row] as number } : {}),
      ...(bits & has.HAS_TOS ? { tos: arrays.tos[row] as number } : {}),
      ...(bits & has.HAS_DF ? { df: (bits & has.IS_DF) !== 0 } : {}),
      ...(bits & has.HAS_IP_LENGTH ? { ipLength: arrays.ipLength[row] as number } : {}),
      ...optionalNumber(this.#rows, 'flowLabel', row),
      ...(bits & has.HAS_CHECKSUM ? { checksum: this.#checksum(row, bits) } : {}),
    };
  }

  #checksum(row: number, bits: number): TcpdumpChecksum {
    const { arrays } = this.#rows.columns;
    const value = arrays.checksum[row] as number;
    if ((bits & has.IS_CHECKSUM_WRONG) === 0) return { value, correct: true };
    return { value, correct: false, expected: arrays.expectedChecksum[row] as number };
  }

  #options(row: number, bits: number): TcpOptions {
    const rows = this.#rows;
    const start = rows.optionsStart.get(row);
    if (start !== null) return readOptions(rows.texts.text(start, rows.optionsEnd.get(row) ?? 0));
    const { arrays } = rows.columns;
    return {
      ...(bits & has.HAS_MSS ? { mss: arrays.mss[row] as number } : {}),
      ...(bits & has.HAS_WSCALE ? { wscale: arrays.wscale[row] as number } : {}),
      ...(bits & has.HAS_SACK_OK ? { sackOK: true as const } : {}),
      ...(bits & has.HAS_TIMESTAMP
        ? { ts: [arrays.tsValue[row] as number, arrays.tsEcho[row] as number] as const }
        : {}),
    };
  }

  #absolute(
    row: number,
    bits: number,
    options: TcpOptions | undefined,
    packet: Uint8Array | null,
  ): AbsoluteNumbers | null {
    const { arrays } = this.#rows.columns;
    const base = this.#rows.sackBase.get(row);
    const sack =
      base === null || options?.sack === undefined
        ? {}
        : {
            sack: options.sack.map(
              ([left, right]) => [addSerial(left, base), addSerial(right, base)] as const,
            ),
          };
    if (packet !== null && bits & has.IS_RELATIVE) {
      const sport = arrays.sport[row] as number;
      const read = readTcpNumbers(packet, sport, arrays.dport[row] as number);
      if (read !== null) {
        return {
          seq: read.seq,
          ...(bits & has.HAS_ACK ? { ack: read.ack } : {}),
          ...sack,
          basis: 'hex',
        };
      }
    }
    const numbers = {
      ...(bits & has.HAS_ABSOLUTE_SEQ ? { seq: arrays.absoluteSeq[row] as number } : {}),
      ...(bits & has.HAS_ABSOLUTE_ACK ? { ack: arrays.absoluteAck[row] as number } : {}),
      ...sack,
    };
    if (Object.keys(numbers).length === 0) return null;
    return { ...numbers, basis: bits & has.RESTS_ON_SYN ? 'syn' : 'printed' };
  }
}

function optionalText<Name extends 'sportName' | 'dportName'>(
  rows: TcpdumpColumns,
  name: Name,
  row: number,
): { [Key in Name]?: string } {
  const id = rows[name].get(row);
  return (id === null ? {} : { [name]: rows.names.text(id) }) as { [Key in Name]?: string };
}

function optionalNumber<Name extends 'urg' | 'flowLabel'>(
  rows: TcpdumpColumns,
  name: Name,
  row: number,
): { [Key in Name]?: number } {
  const value = rows[name].get(row);
  return (value === null ? {} : { [name]: value }) as { [Key in Name]?: number };
}
