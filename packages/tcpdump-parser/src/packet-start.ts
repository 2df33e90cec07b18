import { type Cursor, newCursor, takeText } from './cursor.ts';
import { isMac, takeLinkHeader } from './link-header.ts';
import { newDraft } from './packet-draft.ts';

/** Says whether a packet's own text begins here, without stamp or link header. */
export function startsWithPacket(cursor: Cursor): boolean {
  const { at } = cursor;
  const starts =
    takeText(cursor, 'IP ') ||
    takeText(cursor, 'IP6 ') ||
    takeText(cursor, '(tos 0x') ||
    takeText(cursor, 'ARP, ') ||
    takeText(cursor, 'STP ');
  cursor.at = at;
  return starts;
}

/**
 * Says whether a line without stamp (`-t`) begins with a packet: with the packet itself, with a link
 * header, or with the interface and direction of `-i any`.
 */
export function startsUnstamped(bytes: Uint8Array, start: number, end: number): boolean {
  const cursor = newCursor(bytes, start, end);
  if (startsWithPacket(cursor) || isMac(bytes, start, end)) return true;
  const draft = newDraft();
  takeLinkHeader(cursor, draft);
  return cursor.at > start && (draft.linkEnd > 0 || startsWithPacket(cursor));
}
