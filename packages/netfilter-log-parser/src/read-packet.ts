import { readArpField } from './arp-fields.ts';
import { describePacket } from './describe-packet.ts';
import { type FieldCursor, fieldWord } from './field-cursor.ts';
import { readIcmpField } from './icmp-fields.ts';
import { readIpField } from './ip-fields.ts';
import { readLinkField } from './link-fields.ts';
import { LogPacket, NO_PROTOCOL } from './log-packet.ts';
import { missingField } from './missing-field.ts';
import { readOwnerField } from './owner-fields.ts';
import { readTransportField } from './transport-fields.ts';
import { readUsualFields } from './usual-fields.ts';

const OPEN = 0x5b;
const CLOSE = 0x5d;
const CLOSE_OPTION = 0x29;
const AH = fieldWord('AH ');
const ESP = fieldWord('ESP');

/**
 * Reads the fields of a LOG line from the cursor on, in whatever order a person left them. What is
 * no field is passed over with a hint.
 */
export function readPacket(cursor: FieldCursor, packet: LogPacket): void {
  readUsualFields(cursor, packet);
  readFields(cursor, packet, false);
}

function readFields(cursor: FieldCursor, packet: LogPacket, isInner: boolean): void {
  let strayStart = -1;
  let strayEnd = -1;
  while (cursor.next()) {
    const first = cursor.bytes[cursor.at];
    if (first === CLOSE && isInner) break;
    if (first === OPEN && !isInner && packet.rare?.icmp !== undefined) {
      readInner(cursor, packet);
      continue;
    }
    if (readField(cursor, packet)) {
      if (strayStart >= 0) hintStray(cursor, strayStart, strayEnd);
      strayStart = -1;
      continue;
    }
    if (strayStart < 0) strayStart = cursor.at;
    cursor.skip();
    strayEnd = cursor.at;
  }
  if (strayStart < 0) return;
  const isCut = strayEnd >= cursor.end && missingField(packet) !== null;
  if (isCut) cursor.cutAt = strayStart;
  else hintStray(cursor, strayStart, strayEnd);
}

function readField(cursor: FieldCursor, packet: LogPacket): boolean {
  if (packet.protocol !== NO_PROTOCOL) {
    return (
      readTransportField(cursor, packet) ||
      readOwnerField(cursor, packet) ||
      readIcmpField(cursor, packet) ||
      readIpField(cursor, packet) ||
      readArpField(cursor, packet)
    );
  }
  return (
    readIpField(cursor, packet) ||
    readLinkField(cursor, packet) ||
    readArpField(cursor, packet) ||
    readTransportField(cursor, packet) ||
    readOwnerField(cursor, packet) ||
    readOptionWord(cursor)
  );
}

/** In IPv6's `OPT ( AH SPI=0x100 ) ` and `OPT ( ESP SPI=0x100 )`. */
function readOptionWord(cursor: FieldCursor): boolean {
  if (cursor.bytes[cursor.at] === CLOSE_OPTION) cursor.at++;
  else if (cursor.word === AH && cursor.isWord(2)) cursor.at += 2;
  else if (cursor.word === ESP && cursor.isWord(3)) cursor.at += 3;
  else return false;
  return true;
}

/** The packet that an ICMP error quotes, `[SRC=… ]`; the kernel quotes one level deep. */
function readInner(cursor: FieldCursor, packet: LogPacket): void {
  const icmp = packet.rare?.icmp;
  const inner = new LogPacket();
  cursor.at++;
  readFields(cursor, inner, true);
  packet.isOpen = cursor.at >= cursor.end;
  if (!packet.isOpen) cursor.at++;
  if (icmp !== undefined) icmp.inner = describePacket(cursor.bytes, inner);
}

function hintStray(cursor: FieldCursor, start: number, end: number): void {
  cursor.complain('hint', start, end, 'a field of a LOG line');
}
