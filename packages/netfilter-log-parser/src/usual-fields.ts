import { toBytes } from '@tuplescope/scan';
import type { FieldCursor } from './field-cursor.ts';
import { addPrecedence, readProtocol, takeText } from './ip-fields.ts';
import { DF, type LogPacket, TCP } from './log-packet.ts';

const LEN_KEY = toBytes('LEN=');
const TOS_KEY = toBytes('TOS=');
const PREC_KEY = toBytes('PREC=');
const TTL_KEY = toBytes('TTL=');
const ID_KEY = toBytes('ID=');
const DF_KEY = toBytes('DF ');
const PROTO_KEY = toBytes('PROTO=');
const SRC_KEY = toBytes('SRC=');
const DST_KEY = toBytes('DST=');
const SPT_KEY = toBytes('SPT=');
const DPT_KEY = toBytes('DPT=');
const SEQ_KEY = toBytes('SEQ=');
const ACK_KEY = toBytes('ACK=');
const WINDOW_KEY = toBytes('WINDOW=');
const RES_KEY = toBytes('RES=');

/**
 * Reads what nearly every line has, in the order in which the kernel prints it, up to where the line
 * departs from it: a guess that spares most fields the search for what they are. The others are left
 * to the loop of `readPacket`.
 */
export function readUsualFields(cursor: FieldCursor, packet: LogPacket): void {
  if (!readAddresses(cursor, packet) || !cursor.moveTo(LEN_KEY)) return;
  packet.len = cursor.number(4, 0x7fffffff);
  if (!cursor.moveTo(TOS_KEY)) return;
  packet.tosBits = cursor.hex(4, 255);
  if (!cursor.moveTo(PREC_KEY)) return;
  addPrecedence(cursor, packet);
  if (!cursor.moveTo(TTL_KEY)) return;
  packet.ttl = cursor.number(4, 255);
  if (!cursor.moveTo(ID_KEY)) return;
  packet.ipId = cursor.number(3, 65535);
  if (cursor.moveTo(DF_KEY)) {
    packet.bits |= DF;
    cursor.at += 2;
  }
  if (!cursor.moveTo(PROTO_KEY)) return;
  readProtocol(cursor, packet);
  if (packet.protocol === TCP) readUsualTcpFields(cursor, packet);
}

function readAddresses(cursor: FieldCursor, packet: LogPacket): boolean {
  if (!cursor.moveTo(SRC_KEY)) return false;
  packet.srcStart = cursor.at + 4;
  packet.srcEnd = takeText(cursor, 4);
  if (!cursor.moveTo(DST_KEY)) return false;
  packet.dstStart = cursor.at + 4;
  packet.dstEnd = takeText(cursor, 4);
  return true;
}

function readUsualTcpFields(cursor: FieldCursor, packet: LogPacket): void {
  if (!cursor.moveTo(SPT_KEY)) return;
  packet.sport = cursor.number(4, 65535);
  if (!cursor.moveTo(DPT_KEY)) return;
  packet.dport = cursor.number(4, 65535);
  if (cursor.moveTo(SEQ_KEY)) packet.seq = cursor.number(4, 0xffffffff);
  if (cursor.moveTo(ACK_KEY)) packet.ack = cursor.number(4, 0xffffffff);
  if (!cursor.moveTo(WINDOW_KEY)) return;
  packet.win = cursor.number(7, 65535);
  if (cursor.moveTo(RES_KEY)) packet.res = cursor.hex(4, 255);
}
