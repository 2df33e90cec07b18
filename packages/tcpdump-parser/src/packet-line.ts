import { indexOfText } from '@tuplescope/scan';
import { type Cursor, newCursor, takeNumber, takeText } from './cursor.ts';
import { readPort, takeEndpoints } from './endpoints.ts';
import { takeIpHeader } from './ip-header.ts';
import { literal, takeLiteral } from './literal.ts';
import { takeOldTcpLine } from './old-tcp-line.ts';
import { fail, failAt, type PacketDraft, resetHeader } from './packet-draft.ts';
import { takeTcpLine } from './tcp-line.ts';

const FLAGS = literal('Flags [');

/** A TCP segment was read. */
export const SEGMENT = 0;
/** The IP header was read, the TCP header is on the next line. */
export const HEADER = 1;
/** A packet of another protocol, or a later fragment. */
export const OTHER = 2;
/** A packet so cut that its TCP header shows no flags. */
export const CUT = 3;
/** A TCP segment that is not understood; the draft says what was expected. */
export const DAMAGED = 4;

/** TCP's protocol number (IANA). */
export const TCP = 6;

/**
 * Takes a packet from after the link header, or from the beginning of the second line of `-v`, to
 * the end of the line, and says which of the above it is.
 *
 *     IP 10.0.0.1.40000 > 10.0.0.2.8080: Flags [S], …
 *     IP (tos 0x0, ttl 64, …, proto TCP (6), length 60)        HEADER
 *     IP6 (hlim 64, next-header TCP (6) payload length: 40) ::1.40000 > ::1.80: Flags [S], …
 */
export function takePacket(cursor: Cursor, draft: PacketDraft): number {
  const start = cursor.at;
  const outcome = takeDirectPacket(cursor, draft);
  if (outcome === SEGMENT || outcome === HEADER || outcome === CUT) return outcome;
  const { wanted, wantedAt } = draft;
  if (takeInnerPacket(cursor, draft, start)) return readBody(cursor, draft);
  draft.wanted = wanted;
  draft.wantedAt = wantedAt;
  return takeInnerHeader(cursor, draft, start) ? HEADER : outcome;
}

function takeDirectPacket(cursor: Cursor, draft: PacketDraft): number {
  const { bytes, end } = cursor;
  const start = cursor.at;
  if (!takeText(cursor, 'IP ')) takeText(cursor, 'IP6 ');
  if (takeText(cursor, 'truncated-ip')) {
    draft.truncated = true;
    const mark = indexOfText(bytes, '! ', cursor.at, end);
    if (mark >= 0) cursor.at = mark + 2;
  }
  if (bytes[cursor.at] === 0x28 /* ( */) {
    if (!takeIpHeader(cursor, draft)) return DAMAGED;
    if (cursor.at >= end) return HEADER;
  }
  if (!takeEndpoints(cursor, draft)) {
    return showsTcp(cursor, draft, start) ? DAMAGED : OTHER;
  }
  return readBody(cursor, draft);
}

/** Reads what follows the addresses. */
function readBody(cursor: Cursor, draft: PacketDraft): number {
  const { at } = cursor;
  const hasPorts = draft.sport >= 0 && draft.dport >= 0;
  if (takeLiteral(cursor, FLAGS)) {
    if (!hasPorts) {
      failAt(draft, draft.srcStart, 'addresses with ports');
      return DAMAGED;
    }
    return takeTcpLine(cursor, draft) ? SEGMENT : DAMAGED;
  }
  if (takeText(cursor, '[|tcp]')) return CUT;
  if (hasPorts && takeText(cursor, 'tcp ')) return takeQuietLine(cursor, draft);
  if (hasPorts && takeOldTcpLine(cursor, draft)) return SEGMENT;
  const isDamaged = draft.wanted !== '' || (hasPorts && draft.protocol === TCP);
  if (draft.wanted === '') failAt(draft, at, '"Flags [" and a TCP header');
  return isDamaged || showsTcp(cursor, draft, at) ? DAMAGED : OTHER;
}

/** `tcp 5` of -q, or `tcp 8 [bad hdr length 12 - too short, < 20]`. */
function takeQuietLine(cursor: Cursor, draft: PacketDraft): number {
  const length = takeNumber(cursor);
  draft.quiet = true;
  // A header longer than its packet makes a negative length, printed as a large one.
  draft.len = length <= 0x7fff_ffff ? Math.max(0, length) : 0;
  if (length >= 0) return SEGMENT;
  fail(draft, cursor, 'a length in bytes');
  return DAMAGED;
}

/** Says whether a line that was not read has the mark of a TCP header after its addresses. */
function showsTcp(cursor: Cursor, draft: PacketDraft, start: number): boolean {
  const shows = indexOfText(cursor.bytes, ': Flags [', start, cursor.end) >= 0;
  if (shows && draft.wanted === '') fail(draft, cursor, 'addresses with ports');
  return shows;
}

/**
 * Goes to the segment inside a tunnel, behind IPv6 extension headers or an authentication header:
 * the pair before `Flags [` is the one whose ports or endpoints count.
 *
 *     IP6 2001:db8::1 > fe80::2: DSTOPT 50001 > 443: Flags [S], …
 *     IP 10.0.0.1 > 10.0.0.2: IP 192.168.0.1.1111 > 192.168.0.2.2222: Flags [S], …
 */
function takeInnerPacket(cursor: Cursor, draft: PacketDraft, start: number): boolean {
  const { bytes, end } = cursor;
  let mark = indexOfText(bytes, ': Flags [', start, end);
  if (mark < 0) mark = indexOfText(bytes, ': tcp ', start, end);
  if (mark < 0) return false;
  const second = wordStart(bytes, mark, start);
  if (second - 3 <= start || bytes[second - 2] !== 0x3e) return false;
  const first = wordStart(bytes, second - 3, start);
  if (first <= start || first <= draft.dstEnd - 1) return false;
  const sport = readPlainPort(bytes, first, second - 3);
  const dport = readPlainPort(bytes, second, mark);
  if (sport >= 0 && dport >= 0) {
    draft.sport = sport;
    draft.dport = dport;
    cursor.at = mark + 2;
    return true;
  }
  draft.wanted = '';
  cursor.at = first;
  const isTruncated = draft.truncated;
  resetHeader(draft);
  draft.truncated = isTruncated;
  if (bytes[first - 2] === 0x29 /* ) */) readHeaderBefore(cursor, draft, start, first);
  cursor.at = first;
  return takeEndpoints(cursor, draft);
}

/** The inner packet's own header, `IP6 (hlim 64, …) a > b:`. */
function readHeaderBefore(cursor: Cursor, draft: PacketDraft, start: number, before: number): void {
  const open = lastHeader(cursor.bytes, start, before);
  if (open < 0) return;
  cursor.at = open;
  takeIpHeader(cursor, draft);
}

/** A line that ends in the header of the packet inside: the TCP header is on the next line. */
function takeInnerHeader(cursor: Cursor, draft: PacketDraft, start: number): boolean {
  const { bytes, end } = cursor;
  if (bytes[end - 1] !== 0x29) return false;
  const open = lastHeader(bytes, start, end);
  if (open < 0) return false;
  resetHeader(draft);
  cursor.at = open;
  return takeIpHeader(cursor, draft) && cursor.at >= end;
}

/** Gives the offset of the last `(tos`, `(class`, `(flowlabel` or `(hlim`, or -1. */
function lastHeader(bytes: Uint8Array, start: number, end: number): number {
  for (let at = end - 1; at >= start; at--) {
    if (bytes[at] !== 0x28) continue;
    const rest = newCursor(bytes, at + 1, end);
    if (['tos ', 'class ', 'flowlabel ', 'hlim '].some((word) => takeText(rest, word))) return at;
  }
  return -1;
}

function wordStart(bytes: Uint8Array, end: number, least: number): number {
  let at = end;
  while (at > least && bytes[at - 1] !== 0x20) at--;
  return at;
}

/** Reads a port that stands alone; -1 where the word is an address. */
function readPlainPort(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    if (bytes[at] === 0x2e || bytes[at] === 0x3a) return -1;
  }
  return start < end ? readPort(bytes, start, end) : -1;
}
