import { ACK, URG } from '@tuplescope/net';
import { indexOfText, skipBlanks } from '@tuplescope/scan';
import { type Cursor, takeHex, takeNumber, takeText } from './cursor.ts';
import { takeIpHeader } from './ip-header.ts';
import { fail, type PacketDraft } from './packet-draft.ts';
import { takeFlagLetters } from './tcp-flag-letters.ts';
import { takeOptions } from './tcp-options.ts';

const MAX_UINT32 = 0xffff_ffff;

/**
 * Takes what tcpdump 4.0 and earlier prints of a TCP header, from the flags to the end of the line.
 * ACK has no letter there: it is set where `ack` is printed, and `.` means none of S, F, R, P, W, E.
 * False where the line is none, with what was expected once it is sure that it is TCP.
 *
 *     S 2844323318:2844323318(0) win 5840 <mss 1460,sackOK,timestamp 61612 0,nop,wscale 5>
 *     P, cksum 0x0dcf (correct), 1:26(25) ack 1 win 1460 <nop,nop,timestamp 3132574 11553457>
 *     . 1:1(0) ack 1 win 5840 <nop,nop,timestamp 16037868 794396911> (DF) (ttl 64, id 0)      3.x
 */
export function takeOldTcpLine(cursor: Cursor, draft: PacketDraft): boolean {
  const letters = takeFlagLetters(cursor);
  if (letters === 0) return false;
  draft.flags = letters & ~ACK;
  takeChecksum(cursor, draft);
  if (!takeText(cursor, ' ') || !isTcp(cursor)) return false;
  if (!takeSequence(cursor, draft)) return false;
  if (takeText(cursor, 'ack ')) {
    draft.ack = takeNumber(cursor);
    if (!isUint32(draft.ack)) return fail(draft, cursor, 'an acknowledgement number');
    draft.flags |= ACK;
    takeText(cursor, ' ');
  }
  if (!takeText(cursor, 'win ')) return fail(draft, cursor, '"win" and a window');
  draft.win = takeNumber(cursor);
  if (draft.win < 0 || draft.win > 0xffff) return fail(draft, cursor, 'a window');
  if (takeText(cursor, ' urg ')) {
    draft.urg = takeNumber(cursor);
    if (draft.urg < 0 || draft.urg > 0xffff) return fail(draft, cursor, 'an urgent pointer');
    draft.flags |= URG;
  }
  if (takeText(cursor, ' <') && !takeOptions(cursor, draft, 0x3e)) return false;
  if (draft.len < 0) draft.len = 0;
  takeTrailer(cursor, draft);
  return true;
}

/** After the flags a TCP line has `1:6(5)`, `ack` or `win`; a name server's answer has none of them. */
function isTcp(cursor: Cursor): boolean {
  const { bytes, at, end } = cursor;
  const head = Math.min(end, at + 40);
  return (
    indexOfText(bytes, 'ack ', at, Math.min(end, at + 4)) === at ||
    indexOfText(bytes, 'win ', at, Math.min(end, at + 4)) === at ||
    (indexOfText(bytes, ':', at, head) > at && indexOfText(bytes, '(', at, head) > at)
  );
}

/** Takes `, cksum 0x43fd (correct),`, `(incorrect (-> 0x3d28),` or ` [tcp sum ok]`. */
function takeChecksum(cursor: Cursor, draft: PacketDraft): void {
  const { bytes, end } = cursor;
  if (takeText(cursor, ', cksum 0x')) {
    draft.checksum = takeHex(cursor);
    if (takeText(cursor, ' (incorrect (-> 0x') || takeText(cursor, ' (incorrect -> 0x')) {
      draft.expectedChecksum = takeHex(cursor);
    }
    const comma = indexOfText(bytes, '),', cursor.at, Math.min(end, cursor.at + 16));
    if (comma >= 0) cursor.at = comma + 2;
    return;
  }
  const start = cursor.at;
  if (takeText(cursor, ' [tcp sum ') || takeText(cursor, ' [bad tcp cksum')) {
    const close = indexOfText(bytes, ']', cursor.at, end);
    cursor.at = close < 0 ? start : close + 1;
  }
}

/** Takes `1:6(5) `, which is there with payload, SYN, FIN, RST or -vv. */
function takeSequence(cursor: Cursor, draft: PacketDraft): boolean {
  const seq = takeNumber(cursor);
  if (seq < 0) return true;
  const from = seq;
  if (!takeText(cursor, ':')) return fail(draft, cursor, 'a sequence number');
  const to = takeNumber(cursor);
  if (!takeText(cursor, '(')) return fail(draft, cursor, 'the length in parentheses');
  const length = takeNumber(cursor);
  if (!takeText(cursor, ')')) return fail(draft, cursor, 'a ")" after the length');
  if (!isUint32(from) || !isUint32(to) || !isUint32(length)) {
    return fail(draft, cursor, 'sequence numbers and a length of 32 bits');
  }
  draft.seq = from;
  draft.seqEnd = to;
  draft.len = length;
  takeText(cursor, ' ');
  return true;
}

function isUint32(value: number): boolean {
  return value >= 0 && value <= MAX_UINT32;
}

/** Takes ` (DF) [tos 0x10]  (ttl 64, id 42, len 60)`, where tcpdump 3.x shows the IP header. */
function takeTrailer(cursor: Cursor, draft: PacketDraft): void {
  const { bytes, end } = cursor;
  for (;;) {
    cursor.at = skipBlanks(bytes, cursor.at, end);
    if (takeText(cursor, '(DF)')) draft.df = 1;
    else if (takeText(cursor, '[tos 0x')) {
      draft.tos = takeHex(cursor);
      const close = indexOfText(bytes, ']', cursor.at, Math.min(end, cursor.at + 12));
      if (close >= 0) cursor.at = close + 1;
    } else if (indexOfText(bytes, '(ttl ', cursor.at, cursor.at + 5) === cursor.at) {
      if (!takeIpHeader(cursor, draft)) break;
    } else break;
  }
  const payload = bytes[cursor.at] === 0x3a ? cursor.at + 1 : cursor.at;
  draft.payloadStart = skipBlanks(bytes, payload, end);
  draft.payloadEnd = end;
}
