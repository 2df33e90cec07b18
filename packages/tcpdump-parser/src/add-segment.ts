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
import type { TcpdumpColumns } from './tcpdump-columns.ts';

/** Adds what a draft says as a row; `interfaceId` is a name's number + 1, or 0. */
export function addSegment(
  rows: TcpdumpColumns,
  draft: PacketDraft,
  bytes: Uint8Array,
  interfaceId: number,
): void {
  const row = rows.length++;
  rows.columns.reserve(row);
  const { arrays } = rows.columns;
  let has = 0;
  arrays.n[row] = draft.number;
  arrays.seconds[row] = draft.seconds;
  arrays.clock[row] = draft.clock;
  arrays.interfaceId[row] = interfaceId;
  if (draft.srcIpv4 >= 0) rows.src.setIpv4(row, draft.srcIpv4);
  else rows.src.set(row, bytes, draft.srcStart, draft.srcEnd);
  if (draft.dstIpv4 >= 0) rows.dst.setIpv4(row, draft.dstIpv4);
  else rows.dst.set(row, bytes, draft.dstStart, draft.dstEnd);
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
  has |= addHeader(rows, draft, row);
  if (draft.optionsEnd >= 0) has |= addOptions(rows, draft, bytes, row);
  arrays.has[row] = has;
  addRare(rows, draft, bytes, row);
}

/** What -v prints of the headers. */
function addHeader(rows: TcpdumpColumns, draft: PacketDraft, row: number): number {
  const { arrays } = rows.columns;
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

function addOptions(
  rows: TcpdumpColumns,
  draft: PacketDraft,
  bytes: Uint8Array,
  row: number,
): number {
  if (draft.hasOtherOptions) {
    rows.optionsStart.set(row, rows.texts.length);
    rows.texts.add(bytes, draft.optionsStart, draft.optionsEnd);
    rows.optionsEnd.set(row, rows.texts.length);
    if (draft.sackBase >= 0) rows.sackBase.set(row, draft.sackBase);
    return HAS_OPTIONS;
  }
  const { arrays } = rows.columns;
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

/** What few packets have. */
function addRare(rows: TcpdumpColumns, draft: PacketDraft, bytes: Uint8Array, row: number): void {
  const { names } = rows;
  if (draft.directionEnd > draft.directionStart) {
    rows.direction.set(row, names.intern(bytes, draft.directionStart, draft.directionEnd));
  }
  if (draft.linkEnd > draft.linkStart) {
    rows.link.set(row, names.intern(bytes, draft.linkStart, draft.linkEnd));
  }
  if (draft.sportEnd > draft.sportStart) {
    rows.sportName.set(row, names.intern(bytes, draft.sportStart, draft.sportEnd));
  }
  if (draft.dportEnd > draft.dportStart) {
    rows.dportName.set(row, names.intern(bytes, draft.dportStart, draft.dportEnd));
  }
  if (draft.flowLabel >= 0) rows.flowLabel.set(row, draft.flowLabel);
  if (draft.urg >= 0) rows.urg.set(row, draft.urg);
  if (draft.payloadEnd > draft.payloadStart) {
    rows.payloadStart.set(row, rows.texts.length);
    rows.texts.add(bytes, draft.payloadStart, draft.payloadEnd);
    rows.payloadEnd.set(row, rows.texts.length);
  }
}
