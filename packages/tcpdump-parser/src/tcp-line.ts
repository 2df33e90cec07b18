import { skipBlanks } from '@tuplescope/scan';
import { type Cursor, takeHex, takeNumber, takeText } from './cursor.ts';
import { literal, takeLiteral } from './literal.ts';
import { fail, type PacketDraft } from './packet-draft.ts';
import { takeFlagLetters } from './tcp-flag-letters.ts';
import { takeOptions } from './tcp-options.ts';

/** The items in the order in which tcpdump prints them; each but the last may be absent. */
const CHECKSUM = literal(', cksum 0x');
const SEQUENCE = literal(', seq ');
const ACKNOWLEDGEMENT = literal(', ack ');
const WINDOW = literal(', win ');
const URGENT = literal(', urg ');
const OPTIONS = literal(', options [');
const LENGTH = literal(', length ');

const CORRECT = literal(' (correct)');
const INCORRECT = literal(' (incorrect -> 0x');

/**
 * Takes what tcpdump 4.1 and later prints of a TCP header (print-tcp.c, tcp_print), after `Flags [`,
 * to the end of the line. False, with what was expected, where the line is none.
 *
 *     Flags [P.], cksum 0x4f78 (correct), seq 1:6, ack 1, win 502, options [nop,nop,TS val 2 ecr 1], length 5: HTTP
 */
export function takeTcpLine(cursor: Cursor, draft: PacketDraft): boolean {
  if (!takeText(cursor, 'none')) draft.flags = takeFlagLetters(cursor);
  if (!takeText(cursor, ']')) return fail(draft, cursor, 'TCP flags ("FSRP.UEWe" or "none")');
  if (takeLiteral(cursor, CHECKSUM) && !takeChecksum(cursor, draft)) return false;
  if (takeLiteral(cursor, SEQUENCE) && !takeSequence(cursor, draft)) return false;
  if (takeLiteral(cursor, ACKNOWLEDGEMENT)) {
    draft.ack = takeNumber(cursor);
    if (!isUint32(draft.ack)) return fail(draft, cursor, 'an acknowledgement number');
  }
  if (takeLiteral(cursor, WINDOW)) {
    draft.win = takeNumber(cursor);
    if (draft.win < 0 || draft.win > 0xffff) return fail(draft, cursor, 'a window');
  }
  if (takeLiteral(cursor, URGENT)) {
    draft.urg = takeNumber(cursor);
    if (draft.urg < 0 || draft.urg > 0xffff) return fail(draft, cursor, 'an urgent pointer');
  }
  if (takeLiteral(cursor, OPTIONS) && !takeOptions(cursor, draft, 0x5d)) return false;
  return takeLiteral(cursor, LENGTH) ? takeLength(cursor, draft) : takeUnfinished(cursor, draft);
}

/** Takes `43fd (incorrect -> 0x3d28)`, or with `(correct)`. */
function takeChecksum(cursor: Cursor, draft: PacketDraft): boolean {
  draft.checksum = takeHex(cursor);
  if (draft.checksum < 0 || draft.checksum > 0xffff) {
    return fail(draft, cursor, 'a checksum of 16 bits');
  }
  if (takeLiteral(cursor, INCORRECT)) {
    draft.expectedChecksum = takeHex(cursor);
    const isShort = draft.expectedChecksum >= 0 && draft.expectedChecksum <= 0xffff;
    return (isShort && takeText(cursor, ')')) || fail(draft, cursor, 'the right checksum and ")"');
  }
  return takeLiteral(cursor, CORRECT) || fail(draft, cursor, '"(correct)" or "(incorrect -> 0x…)"');
}

/** Takes `66001914` or `1:6`. */
function takeSequence(cursor: Cursor, draft: PacketDraft): boolean {
  draft.seq = takeNumber(cursor);
  if (!isUint32(draft.seq)) return fail(draft, cursor, 'a sequence number');
  if (!takeText(cursor, ':')) return true;
  draft.seqEnd = takeNumber(cursor);
  return isUint32(draft.seqEnd) || fail(draft, cursor, 'the sequence number after the last byte');
}

/** A 32-bit number. */
function isUint32(value: number): boolean {
  return value >= 0 && value <= 0xffff_ffff;
}

/** Takes the length and the text on the payload after it. */
function takeLength(cursor: Cursor, draft: PacketDraft): boolean {
  const { bytes, end } = cursor;
  draft.len = takeNumber(cursor);
  if (!isUint32(draft.len)) return fail(draft, cursor, 'a length in bytes');
  const next = bytes[cursor.at] === 0x3a /* : */ ? cursor.at + 1 : cursor.at;
  draft.payloadStart = skipBlanks(bytes, next, end);
  draft.payloadEnd = end;
  return true;
}

/** Takes the end of a line whose header is malformed or cut: it has no length. */
function takeUnfinished(cursor: Cursor, draft: PacketDraft): boolean {
  cursor.at = skipBlanks(cursor.bytes, cursor.at, cursor.end);
  // Where tcpdump prints no second sequence number there is no payload.
  draft.len = draft.seqEnd >= 0 ? (draft.seqEnd - draft.seq) >>> 0 : 0;
  if (draft.isUnfinished || takeText(cursor, '[bad hdr length')) return true;
  if (takeText(cursor, '[|tcp]')) {
    draft.truncated = true;
    return true;
  }
  return fail(draft, cursor, 'cksum, seq, ack, win, urg, options and length, in this order');
}
