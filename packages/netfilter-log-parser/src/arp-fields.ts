import { decodeText, startsWithAt } from '@tuplescope/scan';
import { type FieldCursor, fieldWord } from './field-cursor.ts';
import { type LogPacket, NO_PROTOCOL, OTHER_PROTOCOL, type Writable } from './log-packet.ts';
import type { LoggedArp } from './netfilter-log-record.ts';

const ARP = fieldWord('ARP');
const HTYPE = fieldWord('HTY');
const PTYPE = fieldWord('PTY');
const OPCODE = fieldWord('OPC');
const MAC = fieldWord('MAC');
const IPSRC = fieldWord('IPS');
const IPDST = fieldWord('IPD');

/**
 * Reads the field at hand where it belongs to an ARP packet (dump_arp_packet of nf_log_syslog.c):
 * `ARP HTYPE=1 PTYPE=0x0800 OPCODE=1 MACSRC=… IPSRC=… MACDST=… IPDST=…`; false where it is
 * another's.
 */
export function readArpField(cursor: FieldCursor, packet: LogPacket): boolean {
  if (cursor.word === ARP) return startArp(cursor, packet);
  const arp = packet.rare?.arp;
  return arp !== undefined && readBehindArp(cursor, packet, arp);
}

function startArp(cursor: FieldCursor, packet: LogPacket): boolean {
  if (packet.protocol !== NO_PROTOCOL || !cursor.isWord(3)) return false;
  packet.protocol = OTHER_PROTOCOL;
  packet.protoStart = cursor.at;
  packet.protoEnd = cursor.at + 3;
  packet.rarely().arp = { hardwareType: null, protocolType: null, opcode: null };
  cursor.at += 3;
  return true;
}

function readBehindArp(cursor: FieldCursor, packet: LogPacket, arp: Writable<LoggedArp>): boolean {
  const { bytes, at, end } = cursor;
  switch (cursor.word) {
    case HTYPE:
      arp.hardwareType = known(cursor.number(6, 65535));
      return true;
    case PTYPE:
      arp.protocolType = known(cursor.hex(6, 65535));
      return true;
    case OPCODE:
      arp.opcode = known(cursor.lastNumber(7, 65535));
      return true;
    case MAC:
      cursor.skip();
      if (startsWithAt(bytes, at, end, 'MACSRC=')) {
        arp.macSource = decodeText(bytes, at + 7, cursor.at);
      } else if (startsWithAt(bytes, at, end, 'MACDST=')) {
        arp.macDestination = decodeText(bytes, at + 7, cursor.at);
      }
      return true;
    case IPSRC:
      cursor.skip();
      packet.srcStart = at + 6;
      packet.srcEnd = cursor.at;
      return true;
    case IPDST:
      cursor.skip();
      packet.dstStart = at + 6;
      packet.dstEnd = cursor.at;
      return true;
    default:
      return false;
  }
}

function known(value: number): number | null {
  return value < 0 ? null : value;
}
