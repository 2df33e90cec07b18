import { decodeText, startsWithAt } from '@tuplescope/scan';
import { type FieldCursor, fieldWord } from './field-cursor.ts';
import { type LogPacket, NO_PROTOCOL, type Writable } from './log-packet.ts';
import type { LoggedMac } from './netfilter-log-record.ts';

const MAC = fieldWord('MAC');
const PHYS = fieldWord('PHY');
const VPROTO = fieldWord('VPR');
const VID = fieldWord('VID');
const TUNNEL = fieldWord('TUN');

/**
 * Reads the field at hand where it belongs to the link layer (nf_log_dump_packet_common and
 * dump_mac_header of nf_log_syslog.c); false where it is another's.
 */
export function readLinkField(cursor: FieldCursor, packet: LogPacket): boolean {
  if (packet.protocol !== NO_PROTOCOL) return false;
  switch (cursor.word) {
    case MAC:
      return readMac(cursor, packet);
    case PHYS:
      return readPhysical(cursor, packet);
    case VPROTO: {
      if (!cursor.isKey(7)) return false;
      mac(packet).vlan = { protocol: takeText(cursor, 7), id: 0 };
      return true;
    }
    case VID: {
      const { vlan } = mac(packet);
      if (!cursor.isKey(4) || vlan === undefined) return false;
      const id = cursor.number(4, 4095);
      if (id >= 0) mac(packet).vlan = { protocol: vlan.protocol, id };
      return true;
    }
    case TUNNEL:
      return readTunnel(cursor, packet);
    default:
      return false;
  }
}

function readMac(cursor: FieldCursor, packet: LogPacket): boolean {
  const { bytes, at, end } = cursor;
  if (cursor.isKey(4)) {
    packet.macStart = at + 4;
    packet.macEnd = cursor.valueEnd(4);
    cursor.at = packet.macEnd;
  } else if (startsWithAt(bytes, at, end, 'MACSRC=')) {
    mac(packet).source = takeText(cursor, 7);
  } else if (startsWithAt(bytes, at, end, 'MACDST=')) {
    mac(packet).destination = takeText(cursor, 7);
  } else if (startsWithAt(bytes, at, end, 'MACPROTO=')) {
    mac(packet).protocol = takeText(cursor, 9);
  } else {
    return false;
  }
  return true;
}

function readPhysical(cursor: FieldCursor, packet: LogPacket): boolean {
  const { bytes, at, end } = cursor;
  if (startsWithAt(bytes, at, end, 'PHYSIN=')) packet.rarely().physin = takeText(cursor, 7);
  else if (startsWithAt(bytes, at, end, 'PHYSOUT=')) packet.rarely().physout = takeText(cursor, 8);
  else return false;
  return true;
}

/** `TUNNEL=216.66.80.26->192.168.10.15`: the outer addresses of a sit device. */
function readTunnel(cursor: FieldCursor, packet: LogPacket): boolean {
  if (!cursor.isKey(7)) return false;
  const [src = '', dst = ''] = takeText(cursor, 7).split('->');
  mac(packet).tunnel = { src, dst };
  return true;
}

function mac(packet: LogPacket): Writable<LoggedMac> {
  const rare = packet.rarely();
  rare.mac ??= {};
  return rare.mac;
}

function takeText(cursor: FieldCursor, keyLength: number): string {
  const start = cursor.at + keyLength;
  cursor.skip();
  return decodeText(cursor.bytes, start, cursor.at);
}
