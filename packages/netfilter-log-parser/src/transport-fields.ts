import { ACK, AE, CWR, ECE, FIN, PSH, RST, SYN, URG } from '@tuplescope/net';
import { indexOfByte, startsWithAt } from '@tuplescope/scan';
import { type FieldCursor, fieldWord } from './field-cursor.ts';
import { ICMP, ICMP6, type LogPacket, TRUNCATED, UDP } from './log-packet.ts';

const LARGEST = 0xffffffff;
const SPT = fieldWord('SPT');
const DPT = fieldWord('DPT');
const LEN = fieldWord('LEN');
const SEQ = fieldWord('SEQ');
const ACK_WORD = fieldWord('ACK');
const WINDOW = fieldWord('WIN');
const RES = fieldWord('RES');
const URG_WORD = fieldWord('URG');
const AE_WORD = fieldWord('AE ');
const CWR_WORD = fieldWord('CWR');
const ECE_WORD = fieldWord('ECE');
const PSH_WORD = fieldWord('PSH');
const RST_WORD = fieldWord('RST');
const SYN_WORD = fieldWord('SYN');
const FIN_WORD = fieldWord('FIN');
const OPT = fieldWord('OPT');
const SPI = fieldWord('SPI');

/**
 * Reads the field at hand where it is one of TCP, UDP, AH or ESP (nf_log_dump_tcp_header and
 * nf_log_dump_udp_header of nf_log_syslog.c); false where it is another's. `ACK` is a flag,
 * `ACK=` a number.
 */
export function readTransportField(cursor: FieldCursor, packet: LogPacket): boolean {
  switch (cursor.word) {
    case SPT:
      if (!cursor.isKey(4)) return false;
      packet.sport = cursor.number(4, 65535);
      return true;
    case DPT:
      if (!cursor.isKey(4)) return false;
      packet.dport = cursor.number(4, 65535);
      return true;
    case SEQ:
      if (!cursor.isKey(4) || packet.protocol === ICMP || packet.protocol === ICMP6) return false;
      packet.seq = cursor.number(4, LARGEST);
      return true;
    case ACK_WORD:
      if (!cursor.isKey(4)) return setFlag(cursor, packet, ACK, 3);
      packet.ack = cursor.number(4, LARGEST);
      return true;
    case WINDOW:
      if (!cursor.isKey(7)) return false;
      packet.win = cursor.number(7, 65535);
      return true;
    case RES:
      if (!cursor.isKey(4)) return false;
      packet.res = cursor.hex(4, 255);
      return true;
    case URG_WORD:
      if (!cursor.isKey(5)) return setFlag(cursor, packet, URG, 3);
      packet.urgp = cursor.lastNumber(5, 65535);
      return true;
    case LEN:
      if (!cursor.isKey(4) || packet.protocol !== UDP) return false;
      packet.udpLength = cursor.lastNumber(4, 65535);
      return true;
    case OPT:
      return readTcpOptions(cursor, packet);
    case SPI: {
      if (!cursor.isKey(4)) return false;
      const spi = cursor.lastHex(4, LARGEST);
      if (spi >= 0) packet.rarely().spi = spi;
      return true;
    }
    default:
      return readFlag(cursor, packet);
  }
}

function readFlag(cursor: FieldCursor, packet: LogPacket): boolean {
  switch (cursor.word) {
    case FIN_WORD:
      return setFlag(cursor, packet, FIN, 3);
    case RST_WORD:
      return setFlag(cursor, packet, RST, 3);
    case PSH_WORD:
      return setFlag(cursor, packet, PSH, 3);
    case SYN_WORD:
      return setFlag(cursor, packet, SYN, 3);
    case CWR_WORD:
      return setFlag(cursor, packet, CWR, 3);
    case ECE_WORD:
      return setFlag(cursor, packet, ECE, 3);
    case AE_WORD:
      return setFlag(cursor, packet, AE, 2);
    default:
      return false;
  }
}

/** Flags stand before `URGP=`; behind it, such a word is a person's remark. */
function setFlag(cursor: FieldCursor, packet: LogPacket, bit: number, length: number): boolean {
  if (packet.urgp >= 0 || !cursor.isWord(length)) return false;
  packet.flags |= bit;
  cursor.at += length;
  return true;
}

/** `OPT (0101080A53BFF339D2325B95)` */
function readTcpOptions(cursor: FieldCursor, packet: LogPacket): boolean {
  const { bytes, at, end } = cursor;
  if (packet.win < 0 || !startsWithAt(bytes, at, end, 'OPT (')) return false;
  const close = indexOfByte(bytes, 0x29, at, end);
  if (close < 0) {
    cursor.cutAt = at;
    cursor.at = end;
    return true;
  }
  cursor.at = close + 1;
  if (startsWithAt(bytes, at, end, 'OPT (TRUNCATED)')) {
    packet.bits |= TRUNCATED;
    return true;
  }
  packet.tcpOptionsStart = at + 5;
  packet.tcpOptionsEnd = close;
  return true;
}
