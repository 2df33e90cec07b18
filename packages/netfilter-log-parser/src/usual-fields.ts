import { type FieldCursor, fieldWord } from './field-cursor.ts';
import { addPrecedence, readProtocol, takeText } from './ip-fields.ts';
import { DF, type LogPacket, TCP } from './log-packet.ts';

const LEN = fieldWord('LEN');
const TOS = fieldWord('TOS');
const PREC = fieldWord('PRE');
const TTL = fieldWord('TTL');
const ID = fieldWord('ID=');
const DF_FLAG = fieldWord('DF ');
const PROTO = fieldWord('PRO');
const SRC = fieldWord('SRC');
const DST = fieldWord('DST');
const SPT = fieldWord('SPT');
const DPT = fieldWord('DPT');
const SEQ = fieldWord('SEQ');
const ACK = fieldWord('ACK');
const WINDOW = fieldWord('WIN');
const RES = fieldWord('RES');

/**
 * Reads what nearly every line has, in the order in which the kernel prints it, up to where the line
 * departs from it: a guess that spares most fields the search for what they are. The others are left
 * to the loop of `readPacket`.
 */
export function readUsualFields(cursor: FieldCursor, packet: LogPacket): void {
  if (!readAddresses(cursor, packet) || !cursor.moveToKey(LEN, 4)) return;
  packet.len = cursor.number(4, 0x7fffffff);
  if (!cursor.moveToKey(TOS, 4)) return;
  packet.tosBits = cursor.hex(4, 255);
  if (!cursor.moveToKey(PREC, 5)) return;
  addPrecedence(cursor, packet);
  if (!cursor.moveToKey(TTL, 4)) return;
  packet.ttl = cursor.number(4, 255);
  if (!cursor.moveToKey(ID, 3)) return;
  packet.ipId = cursor.number(3, 65535);
  if (cursor.moveToWord(DF_FLAG)) {
    packet.bits |= DF;
    cursor.at += 2;
  }
  if (!cursor.moveToKey(PROTO, 6)) return;
  readProtocol(cursor, packet);
  if (packet.protocol === TCP) readUsualTcpFields(cursor, packet);
}

function readAddresses(cursor: FieldCursor, packet: LogPacket): boolean {
  if (!cursor.moveToKey(SRC, 4)) return false;
  packet.srcStart = cursor.at + 4;
  packet.srcEnd = takeText(cursor, 4);
  if (!cursor.moveToKey(DST, 4)) return false;
  packet.dstStart = cursor.at + 4;
  packet.dstEnd = takeText(cursor, 4);
  return true;
}

function readUsualTcpFields(cursor: FieldCursor, packet: LogPacket): void {
  if (!cursor.moveToKey(SPT, 4)) return;
  packet.sport = cursor.number(4, 65535);
  if (!cursor.moveToKey(DPT, 4)) return;
  packet.dport = cursor.number(4, 65535);
  if (cursor.moveToKey(SEQ, 4)) packet.seq = cursor.number(4, 0xffffffff);
  if (cursor.moveToKey(ACK, 4)) packet.ack = cursor.number(4, 0xffffffff);
  if (!cursor.moveToKey(WINDOW, 7)) return;
  packet.win = cursor.number(7, 65535);
  if (cursor.moveToKey(RES, 4)) packet.res = cursor.hex(4, 255);
}
