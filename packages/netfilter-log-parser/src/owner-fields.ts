import { type FieldCursor, fieldWord } from './field-cursor.ts';
import type { LogPacket } from './log-packet.ts';

const LARGEST = 0xffffffff;
const UID = fieldWord('UID');
const GID = fieldWord('GID');
const MARK = fieldWord('MAR');

/** Reads `UID=1337 GID=1337` or `MARK=0x1`, which close a line; false where the field is another's. */
export function readOwnerField(cursor: FieldCursor, packet: LogPacket): boolean {
  switch (cursor.word) {
    case UID:
      if (!cursor.isKey(4)) return false;
      packet.uid = cursor.number(4, LARGEST);
      return true;
    case GID:
      if (!cursor.isKey(4)) return false;
      packet.gid = cursor.lastNumber(4, LARGEST);
      return true;
    case MARK:
      if (!cursor.isKey(5)) return false;
      packet.mark = cursor.lastHex(5, LARGEST);
      return true;
    default:
      return false;
  }
}
