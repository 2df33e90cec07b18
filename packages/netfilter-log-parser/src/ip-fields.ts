import { decodeText, indexOfByte, isDigit, startsWithAt } from '@tuplescope/scan';
import { type FieldCursor, fieldWord } from './field-cursor.ts';
import {
  CE,
  DF,
  ICMP,
  ICMP6,
  type LogPacket,
  MF,
  NO_PROTOCOL,
  OTHER_PROTOCOL,
  TRUNCATED,
  UDP,
} from './log-packet.ts';
import { protocolOf } from './protocol.ts';

const SRC = fieldWord('SRC');
const DST = fieldWord('DST');
const LEN = fieldWord('LEN');
const TOS = fieldWord('TOS');
const PREC = fieldWord('PRE');
const TTL = fieldWord('TTL');
const ID = fieldWord('ID=');
const CE_FLAG = fieldWord('CE ');
const DF_FLAG = fieldWord('DF ');
const MF_FLAG = fieldWord('MF ');
const FRAG = fieldWord('FRA');
const OPT = fieldWord('OPT');
const PROTO = fieldWord('PRO');
const TC = fieldWord('TC=');
const HOPLIMIT = fieldWord('HOP');
const FLOWLBL = fieldWord('FLO');
const FRAGMENT_ID = fieldWord('ID:');
const TRUNC = fieldWord('TRU');
const INCOMPLETE = fieldWord('INC');

/**
 * Reads the field at hand where it is one of the IP header (dump_ipv4_packet and dump_ipv6_packet
 * of nf_log_syslog.c); false where it is another's. `LEN` and `ID` come again in UDP and in ICMP.
 */
export function readIpField(cursor: FieldCursor, packet: LogPacket): boolean {
  switch (cursor.word) {
    case SRC:
      if (!cursor.isKey(4)) return false;
      packet.srcStart = cursor.at + 4;
      packet.srcEnd = takeText(cursor, 4);
      return true;
    case DST:
      if (!cursor.isKey(4)) return false;
      packet.dstStart = cursor.at + 4;
      packet.dstEnd = takeText(cursor, 4);
      return true;
    case LEN:
      if (!cursor.isKey(4) || packet.protocol === UDP) return false;
      packet.len = cursor.number(4, 0x7fffffff);
      return true;
    case TOS:
      if (!cursor.isKey(4)) return false;
      packet.tosBits = cursor.hex(4, 255);
      return true;
    case PREC:
      if (!cursor.isKey(5)) return false;
      addPrecedence(cursor, packet);
      return true;
    case TTL:
      if (!cursor.isKey(4)) return false;
      packet.ttl = cursor.number(4, 255);
      return true;
    case ID:
      if (packet.protocol === ICMP || packet.protocol === ICMP6) return false;
      packet.ipId = cursor.number(3, 65535);
      return true;
    case DF_FLAG:
      return setBit(cursor, packet, DF);
    case PROTO:
      if (!cursor.isKey(6)) return false;
      readProtocol(cursor, packet);
      return true;
    default:
      return readRareIpField(cursor, packet);
  }
}

function readRareIpField(cursor: FieldCursor, packet: LogPacket): boolean {
  switch (cursor.word) {
    case CE_FLAG:
      return setBit(cursor, packet, CE);
    case MF_FLAG:
      return setBit(cursor, packet, MF);
    case TC:
      packet.tos = cursor.number(3, 255);
      return true;
    case HOPLIMIT:
      if (!cursor.isKey(9)) return false;
      packet.ttl = cursor.number(9, 255);
      return true;
    case FLOWLBL: {
      if (!cursor.isKey(8)) return false;
      const label = cursor.number(8, 0xfffff);
      if (label >= 0) packet.rarely().flowLabel = label;
      return true;
    }
    case FRAG:
      return readFragment(cursor, packet);
    case FRAGMENT_ID: {
      const id = cursor.hex(3, 0xffffffff);
      if (id >= 0) packet.rarely().fragmentId = id;
      return true;
    }
    case OPT:
      return packet.protocol === NO_PROTOCOL && packet.win < 0 && readIpOptions(cursor, packet);
    case TRUNC:
      if (!startsWithAt(cursor.bytes, cursor.at, cursor.end, 'TRUNCATED')) return false;
      packet.bits |= TRUNCATED;
      cursor.at += 9;
      return true;
    case INCOMPLETE:
      return readIncomplete(cursor, packet);
    default:
      return false;
  }
}

/** Passes over a key and its text: gives the text's end, or its start where the line's end cut it. */
export function takeText(cursor: FieldCursor, keyLength: number): number {
  const start = cursor.at + keyLength;
  const end = cursor.valueEnd(keyLength);
  if (end >= cursor.end) cursor.cutAt = cursor.at;
  cursor.at = end;
  return end < cursor.end ? end : start;
}

/** Reads `PREC=0x00`: the bits of the old precedence, which are the upper ones of `tos`. */
export function addPrecedence(cursor: FieldCursor, packet: LogPacket): void {
  const precedence = cursor.hex(5, 255);
  // The kernel splits one byte with two masks: TOS has bits 1 to 4, PREC bits 5 to 7.
  if (precedence >= 0 && packet.tosBits >= 0) packet.tos = packet.tosBits | precedence;
}

function setBit(cursor: FieldCursor, packet: LogPacket, bit: number): boolean {
  if (packet.protocol !== NO_PROTOCOL) return false;
  packet.bits |= bit;
  cursor.at += 2;
  return true;
}

/** Reads `PROTO=TCP`: a name, or a number where the kernel has no name for it. */
export function readProtocol(cursor: FieldCursor, packet: LogPacket): void {
  packet.protoStart = cursor.at + 6;
  packet.protoEnd = cursor.valueEnd(6);
  packet.protocol = protocolOf(cursor.bytes, packet.protoStart, packet.protoEnd);
  // At the end of the line `PROTO=47` is whole, `PROTO=TC` is cut.
  const isCut = packet.protoEnd >= cursor.end && !isDigit(cursor.bytes[packet.protoStart]);
  if (isCut && packet.protocol === OTHER_PROTOCOL) {
    packet.protocol = NO_PROTOCOL;
    packet.protoEnd = packet.protoStart;
    cursor.cutAt = cursor.at;
    cursor.at = cursor.end;
    return;
  }
  cursor.at = packet.protoEnd;
}

/** `FRAG:64` counts units of eight bytes in IPv4; in IPv6 the kernel masks and so prints bytes. */
function readFragment(cursor: FieldCursor, packet: LogPacket): boolean {
  const { bytes, at, end } = cursor;
  if (!startsWithAt(bytes, at, end, 'FRAG:')) return false;
  if (startsWithAt(bytes, at, end, 'FRAG:TRUNCATED')) {
    packet.bits |= TRUNCATED;
    cursor.skip();
    return true;
  }
  const offset = cursor.number(5, 65535);
  if (offset >= 0) packet.rarely().fragment = isIpv6(bytes, packet) ? offset : offset * 8;
  return true;
}

/** `INCOMPLETE [8 bytes]`: so much was there of the header. After IPv6's `FRAG:` it means MF. */
function readIncomplete(cursor: FieldCursor, packet: LogPacket): boolean {
  const { bytes, at, end } = cursor;
  if (!startsWithAt(bytes, at, end, 'INCOMPLETE')) return false;
  cursor.at += 10;
  if (!startsWithAt(bytes, at + 10, end, ' [')) {
    packet.bits |= MF;
    return true;
  }
  cursor.at += 1;
  const count = cursor.number(1, 65535);
  if (count >= 0) packet.rarely().incomplete = count;
  const close = indexOfByte(bytes, 0x5d, cursor.at, Math.min(end, cursor.at + 8));
  if (close >= 0) cursor.at = close + 1;
  return true;
}

/** `OPT (94040000)` of IPv4; around IPv6's extension headers the brackets hold fields. */
function readIpOptions(cursor: FieldCursor, packet: LogPacket): boolean {
  const { bytes, at, end } = cursor;
  if (!startsWithAt(bytes, at, end, 'OPT (')) return false;
  if (isIpv6(bytes, packet)) {
    cursor.at += 5;
    return true;
  }
  const close = indexOfByte(bytes, 0x29, at, end);
  if (close < 0) cursor.cutAt = at;
  else packet.rarely().ipOptions = decodeText(bytes, at + 5, close);
  cursor.at = close < 0 ? end : close + 1;
  return true;
}

function isIpv6(bytes: Uint8Array, packet: LogPacket): boolean {
  const { srcStart, srcEnd } = packet;
  // An address has at most 39 bytes; a longer text is none.
  return indexOfByte(bytes, 0x3a, srcStart, Math.min(srcEnd, srcStart + 39)) >= 0;
}
