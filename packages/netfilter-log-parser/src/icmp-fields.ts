import { decodeText } from '@tuplescope/scan';
import { type FieldCursor, fieldWord } from './field-cursor.ts';
import { ICMP, ICMP6, type LogPacket, type Writable } from './log-packet.ts';
import type { LoggedIcmp } from './netfilter-log-record.ts';

const LARGEST = 0xffffffff;
const TYPE = fieldWord('TYP');
const CODE = fieldWord('COD');
const ID = fieldWord('ID=');
const SEQ = fieldWord('SEQ');
const PARAMETER = fieldWord('PAR');
const POINTER = fieldWord('POI');
const GATEWAY = fieldWord('GAT');
const MTU = fieldWord('MTU');

/** Reads the field at hand where it is one of ICMP or ICMPv6; false where it is another's. */
export function readIcmpField(cursor: FieldCursor, packet: LogPacket): boolean {
  if (packet.protocol !== ICMP && packet.protocol !== ICMP6) return false;
  if (cursor.word === TYPE) {
    if (!cursor.isKey(5)) return false;
    const type = cursor.number(5, 255);
    if (type >= 0) packet.rarely().icmp = { type, code: null };
    return true;
  }
  const icmp = packet.rare?.icmp;
  return icmp !== undefined && readBehindType(cursor, icmp);
}

function readBehindType(cursor: FieldCursor, icmp: Writable<LoggedIcmp>): boolean {
  switch (cursor.word) {
    case CODE:
      return cursor.isKey(5) && put(icmp, 'code', cursor.lastNumber(5, 255));
    case ID:
      return put(icmp, 'id', cursor.number(3, 65535));
    case SEQ:
      return cursor.isKey(4) && put(icmp, 'seq', cursor.lastNumber(4, 65535));
    case MTU:
      return cursor.isKey(4) && put(icmp, 'mtu', cursor.lastNumber(4, LARGEST));
    case PARAMETER:
      return cursor.isKey(10) && put(icmp, 'parameter', cursor.lastNumber(10, 255));
    case POINTER:
      return cursor.isKey(8) && put(icmp, 'pointer', cursor.lastHex(8, LARGEST));
    case GATEWAY: {
      if (!cursor.isKey(8)) return false;
      const start = cursor.at + 8;
      cursor.skip();
      if (cursor.at < cursor.end) icmp.gateway = decodeText(cursor.bytes, start, cursor.at);
      else cursor.cutAt = start - 8;
      return true;
    }
    default:
      return false;
  }
}

function put(
  icmp: Writable<LoggedIcmp>,
  name: 'code' | 'id' | 'seq' | 'mtu' | 'parameter' | 'pointer',
  value: number,
): true {
  if (value >= 0) icmp[name] = value;
  return true;
}
