import { indexOfText, skipBlanks } from '@tuplescope/scan';
import { type Cursor, takeHex, takeNumber, takeText } from './cursor.ts';
import { literal, takeLiteral } from './literal.ts';
import { fail, type PacketDraft } from './packet-draft.ts';

const TOS = literal('(tos 0x');
const TTL = literal(', ttl ');
const ID = literal(', id ');
const UNFRAGMENTED_TCP = literal(', offset 0, flags [DF], proto TCP (6), length ');

/**
 * Takes the IP header of `-v` in its parentheses, with the blanks after it. The cursor stands on
 * the `(`. False, with what was expected, where the parentheses do not close.
 *
 *     (tos 0x0, ttl 64, id 20177, offset 0, flags [DF], proto TCP (6), length 60)
 *     (tos 0x3,CE, ttl 1, id 7, offset 0, flags [none], proto TCP (6), length 40, bad cksum 0 (->26cd)!)
 *     (class 0x49, flowlabel 0x12345, hlim 3, next-header TCP (6) payload length: 23)
 *     (tos 0x10, ttl  64, id 2548, offset 0, flags [DF], proto: TCP (6), length: 60)    before 4.0
 */
export function takeIpHeader(cursor: Cursor, draft: PacketDraft): boolean {
  const start = cursor.at;
  if (takeCommonHeader(cursor, draft)) return true;
  cursor.at = start + 1;
  const { bytes, end } = cursor;
  for (;;) {
    takeItem(cursor, draft);
    const next = skipItem(cursor);
    if (next === 0) return fail(draft, cursor, 'a ")" after the IP header');
    if (next === 0x29) break;
  }
  cursor.at = skipBlanks(bytes, cursor.at, end);
  return true;
}

/** The header of nearly every packet, item by item without a search. */
function takeCommonHeader(cursor: Cursor, draft: PacketDraft): boolean {
  if (!takeLiteral(cursor, TOS)) return false;
  const tos = takeHex(cursor);
  if (!takeLiteral(cursor, TTL)) return false;
  const ttl = takeNumber(cursor);
  if (!takeLiteral(cursor, ID)) return false;
  const ipId = takeNumber(cursor);
  if (!takeLiteral(cursor, UNFRAGMENTED_TCP)) return false;
  const length = takeNumber(cursor);
  if (!takeText(cursor, ')')) return false;
  if (tos < 0 || tos > 0xff || ttl < 0 || ttl > 0xff || ipId < 0 || ipId > 0xffff) return false;
  draft.tos = tos;
  draft.ttl = ttl;
  draft.ipId = ipId;
  draft.df = 1;
  draft.protocol = 6;
  draft.ipLength = length;
  cursor.at = skipBlanks(cursor.bytes, cursor.at, cursor.end);
  return true;
}

/** Reads one item where it is a known one; the rest of it is skipped by the caller. */
function takeItem(cursor: Cursor, draft: PacketDraft): void {
  const { bytes, end } = cursor;
  cursor.at = skipBlanks(bytes, cursor.at, end);
  if (takeText(cursor, 'tos 0x') || takeText(cursor, 'class 0x')) {
    draft.tos = atMost(takeHex(cursor), 0xff);
  } else if (takeText(cursor, 'ttl') || takeText(cursor, 'hlim')) {
    draft.ttl = atMost(takeValue(cursor), 0xff);
  } else if (takeText(cursor, 'id')) {
    draft.ipId = atMost(takeValue(cursor), 0xffff);
  } else if (takeText(cursor, 'flags [')) {
    const close = indexOfText(bytes, ']', cursor.at, end);
    draft.df = close < 0 ? -1 : indexOfText(bytes, 'DF', cursor.at, close) < 0 ? 0 : 1;
  } else if (takeText(cursor, 'flowlabel 0x')) {
    draft.flowLabel = takeHex(cursor);
  } else if (takeText(cursor, 'proto') || takeText(cursor, 'next-header')) {
    draft.protocol = takeProtocol(cursor);
    const next = skipBlanks(bytes, cursor.at, end);
    if (draft.protocol < 0 || indexOfText(bytes, 'payload', next, next + 7) < 0) return;
    cursor.at = next;
    takePayloadLength(cursor, draft);
  } else if (takeText(cursor, 'length') || takeText(cursor, 'len')) {
    draft.ipLength = takeValue(cursor);
  } else {
    takePayloadLength(cursor, draft);
  }
}

function takePayloadLength(cursor: Cursor, draft: PacketDraft): void {
  if (takeText(cursor, 'payload length')) draft.ipLength = takeValue(cursor);
}

/** Takes `: 60`, ` 60` or `  60`. */
function takeValue(cursor: Cursor): number {
  takeText(cursor, ':');
  cursor.at = skipBlanks(cursor.bytes, cursor.at, cursor.end);
  return takeNumber(cursor);
}

/** Takes ` TCP (6)`, `: TCP (6)` or ` 6` and gives the number. */
function takeProtocol(cursor: Cursor): number {
  const number = takeValue(cursor);
  if (number >= 0) return number;
  const { bytes, end } = cursor;
  const open = indexOfText(bytes, ' (', cursor.at, Math.min(end, cursor.at + 40));
  if (open < 0) return -1;
  cursor.at = open + 2;
  const value = takeNumber(cursor);
  takeText(cursor, ')');
  return value;
}

/** Moves past the next comma, or the closing parenthesis, of this level; gives it, or 0 at the end. */
function skipItem(cursor: Cursor): number {
  const { bytes, end } = cursor;
  let depth = 0;
  while (cursor.at < end) {
    const byte = bytes[cursor.at++] as number;
    if (byte === 0x28 || byte === 0x5b) depth++;
    else if (depth > 0 && (byte === 0x29 || byte === 0x5d)) depth--;
    else if (depth === 0 && (byte === 0x2c || byte === 0x29)) return byte;
  }
  return 0;
}

/** Gives the value, or -1 where it is too large for its field. */
function atMost(value: number, most: number): number {
  return value <= most ? value : -1;
}
