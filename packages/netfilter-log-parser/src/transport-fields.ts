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
const OPT = fieldWord('OPT');
const SPI = fieldWord('SPI');

/** The words of the flags, in the order in which the kernel prints them. */
const FLAGS: ReadonlyMap<number, { readonly bit: number; readonly length: number }> = new Map([
  [fieldWord('AE '), { bit: AE, length: 2 }],
  [fieldWord('CWR'), { bit: CWR, length: 3 }],
  [fieldWord('ECE'), { bit: ECE, length: 3 }],
  [URG_WORD, { bit: URG, length: 3 }],
  [ACK_WORD, { bit: ACK, length: 3 }],
  [fieldWord('PSH'), { bit: PSH, length: 3 }],
  [fieldWord('RST'), { bit: RST, length: 3 }],
  [fieldWord('SYN'), { bit: SYN, length: 3 }],
  [fieldWord('FIN'), { bit: FIN, length: 3 }],
]);

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
      if (!cursor.isKey(4)) return readFlag(cursor, packet);
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
      if (!cursor.isKey(5)) return readFlag(cursor, packet);
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

/** Flags stand before `URGP=`; behind it, such a word is a person's remark. */
function readFlag(cursor: FieldCursor, packet: LogPacket): boolean {
  const flag = FLAGS.get(cursor.word);
  if (flag === undefined || packet.urgp >= 0 || !cursor.isWord(flag.length)) return false;
  packet.flags |= flag.bit;
  cursor.at += flag.length;
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
