import { AddressColumn } from '@tuplescope/net';
import { Columns, Interner, SparseColumn } from '@tuplescope/scan';
import { BytePool } from './byte-pool.ts';
import type { Cursor } from './cursor.ts';
import { takeHexLine } from './hex-dump.ts';
import type { PacketDraft } from './packet-draft.ts';
import {
  HAS_ABSOLUTE_ACK,
  HAS_ABSOLUTE_SEQ,
  HAS_ACK,
  HAS_CHECKSUM,
  HAS_DF,
  HAS_IP_ID,
  HAS_IP_LENGTH,
  HAS_MSS,
  HAS_OPTIONS,
  HAS_SACK_OK,
  HAS_SEQ,
  HAS_TIMESTAMP,
  HAS_TOS,
  HAS_TTL,
  HAS_WIN,
  HAS_WSCALE,
  IS_CHECKSUM_WRONG,
  IS_DF,
  IS_QUIET,
  IS_RELATIVE,
  IS_TRUNCATED,
  RESTS_ON_SYN,
} from './row-bits.ts';
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

  /** Adds what a draft says as a row. */
  add(draft: PacketDraft, bytes: Uint8Array, interfaceName: number): void {
    const row = this.length++;
    this.columns.reserve(row);
    const { arrays } = this.columns;
    let has = 0;
    arrays.n[row] = draft.number;
    arrays.seconds[row] = draft.seconds;
    arrays.clock[row] = draft.clock;
    arrays.interfaceId[row] = interfaceName;
    if (draft.srcIpv4 >= 0) this.src.setIpv4(row, draft.srcIpv4);
    else this.src.set(row, bytes, draft.srcStart, draft.srcEnd);
    if (draft.dstIpv4 >= 0) this.dst.setIpv4(row, draft.dstIpv4);
    else this.dst.set(row, bytes, draft.dstStart, draft.dstEnd);
    arrays.sport[row] = draft.sport;
    arrays.dport[row] = draft.dport;
    arrays.flags[row] = draft.flags;
    arrays.len[row] = draft.len;
    if (draft.seq >= 0) {
      arrays.seq[row] = draft.seq;
      has |= HAS_SEQ;
    }
    if (draft.ack >= 0) {
      arrays.ack[row] = draft.ack;
      has |= HAS_ACK;
    }
    if (draft.win >= 0) {
      arrays.win[row] = draft.win;
      has |= HAS_WIN;
    }
    if (draft.relative) has |= IS_RELATIVE;
    if (draft.absoluteSeq >= 0) {
      arrays.absoluteSeq[row] = draft.absoluteSeq;
      has |= HAS_ABSOLUTE_SEQ;
    }
    if (draft.absoluteAck >= 0) {
      arrays.absoluteAck[row] = draft.absoluteAck;
      has |= HAS_ABSOLUTE_ACK;
    }
    if (draft.restsOnSyn) has |= RESTS_ON_SYN;
    if (draft.truncated) has |= IS_TRUNCATED;
    if (draft.quiet) has |= IS_QUIET;
    has |= this.#addHeader(draft, row);
    if (draft.optionsEnd >= 0) has |= this.#addOptions(draft, bytes, row);
    arrays.has[row] = has;
    this.#addRare(draft, bytes, row);
  }

  /** What -v prints of the headers. */
  #addHeader(draft: PacketDraft, row: number): number {
    const { arrays } = this.columns;
    let has = 0;
    if (draft.ttl >= 0) {
      arrays.ttl[row] = draft.ttl;
      has |= HAS_TTL;
    }
    if (draft.tos >= 0) {
      arrays.tos[row] = draft.tos;
      has |= HAS_TOS;
    }
    if (draft.ipId >= 0) {
      arrays.ipId[row] = draft.ipId;
      has |= HAS_IP_ID;
    }
    if (draft.df >= 0) has |= draft.df === 1 ? HAS_DF | IS_DF : HAS_DF;
    if (draft.ipLength >= 0) {
      arrays.ipLength[row] = draft.ipLength;
      has |= HAS_IP_LENGTH;
    }
    if (draft.checksum >= 0) {
      arrays.checksum[row] = draft.checksum;
      has |= HAS_CHECKSUM;
      if (draft.expectedChecksum >= 0) {
        arrays.expectedChecksum[row] = draft.expectedChecksum;
        has |= IS_CHECKSUM_WRONG;
      }
    }
    return has;
  }

  #addOptions(draft: PacketDraft, bytes: Uint8Array, row: number): number {
    if (draft.hasOtherOptions) {
      this.optionsStart.set(row, this.texts.length);
      this.texts.add(bytes, draft.optionsStart, draft.optionsEnd);
      this.optionsEnd.set(row, this.texts.length);
      if (draft.sackBase >= 0) this.sackBase.set(row, draft.sackBase);
      return HAS_OPTIONS;
    }
    const { arrays } = this.columns;
    let has = HAS_OPTIONS;
    if (draft.mss >= 0) {
      arrays.mss[row] = draft.mss;
      has |= HAS_MSS;
    }
    if (draft.wscale >= 0) {
      arrays.wscale[row] = draft.wscale;
      has |= HAS_WSCALE;
    }
    if (draft.tsValue >= 0) {
      arrays.tsValue[row] = draft.tsValue;
      arrays.tsEcho[row] = draft.tsEcho;
      has |= HAS_TIMESTAMP;
    }
    return draft.sackOK ? has | HAS_SACK_OK : has;
  }

  #addRare(draft: PacketDraft, bytes: Uint8Array, row: number): void {
    const { names } = this;
    if (draft.directionEnd > draft.directionStart) {
      this.direction.set(row, names.intern(bytes, draft.directionStart, draft.directionEnd));
    }
    if (draft.linkEnd > draft.linkStart) {
      this.link.set(row, names.intern(bytes, draft.linkStart, draft.linkEnd));
    }
    if (draft.sportEnd > draft.sportStart) {
      this.sportName.set(row, names.intern(bytes, draft.sportStart, draft.sportEnd));
    }
    if (draft.dportEnd > draft.dportStart) {
      this.dportName.set(row, names.intern(bytes, draft.dportStart, draft.dportEnd));
    }
    if (draft.flowLabel >= 0) this.flowLabel.set(row, draft.flowLabel);
    if (draft.urg >= 0) this.urg.set(row, draft.urg);
    if (draft.payloadEnd > draft.payloadStart) {
      this.payloadStart.set(row, this.texts.length);
      this.texts.add(bytes, draft.payloadStart, draft.payloadEnd);
      this.payloadEnd.set(row, this.texts.length);
    }
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
