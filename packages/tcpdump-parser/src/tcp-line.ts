import { skipBlanks } from '@tuplescope/scan';
import { type Cursor, takeHex, takeNumber, takeText } from './cursor.ts';
import { literal, takeLiteral } from './literal.ts';
import { fail, type PacketDraft } from './packet-draft.ts';
import { takeFlagLetters } from './tcp-flag-letters.ts';
import { takeOptions } from './tcp-options.ts';

const ACKNOWLEDGEMENT = literal('ack ');
const WINDOW = literal('win ');
const OPTIONS = literal('options [');
const LENGTH = literal('length ');
const CHECKSUM = literal('cksum 0x');
const INCORRECT = literal(' (incorrect -> 0x');
const CORRECT = literal(' (correct)');
const SEQUENCE = literal('seq ');

/** A 32-bit number has no larger value. */
const MAX_UINT32 = 0xffff_ffff;

/**
 * Takes what tcpdump 4.1 and later prints of a TCP header (print-tcp.c, tcp_print), after `Flags [`,
 * to the end of the line. False, with what was expected, where the line is none.
 *
 *     Flags [P.], cksum 0x4f78 (correct), seq 1:6, ack 1, win 502, options [nop,nop,TS val 2 ecr 1], length 5: HTTP
 */
export function takeTcpLine(cursor: Cursor, draft: PacketDraft): boolean {
  if (!takeText(cursor, 'none')) draft.flags = takeFlagLetters(cursor);
  if (!takeText(cursor, ']'))
    return fail(draft, cursor, 'TCP flags (letters of "FSRP.UEWe", or "none") and "]"');
  while (cursor.at < cursor.end && takeText(cursor, ', ')) {
    if (!takeItem(cursor, draft)) return false;
    if (draft.len >= 0) break;
  }
  return takeRest(cursor, draft);
}

/** Takes one item; each begins with a letter of its own. */
function takeItem(cursor: Cursor, draft: PacketDraft): boolean {
  switch (cursor.bytes[cursor.at]) {
    case 0x63 /* c */:
      return takeChecksum(cursor, draft);
    case 0x73 /* s */:
      return takeSequence(cursor, draft);
    case 0x61 /* a */:
      if (!takeLiteral(cursor, ACKNOWLEDGEMENT)) break;
      draft.ack = takeNumber(cursor);
      return isUint32(draft.ack) || fail(draft, cursor, 'an acknowledgement number');
    case 0x77 /* w */:
      if (!takeLiteral(cursor, WINDOW)) break;
      draft.win = takeNumber(cursor);
      return (draft.win >= 0 && draft.win <= 0xffff) || fail(draft, cursor, 'a window');
    case 0x75 /* u */:
      if (!takeText(cursor, 'urg ')) break;
      draft.urg = takeNumber(cursor);
      return (draft.urg >= 0 && draft.urg <= 0xffff) || fail(draft, cursor, 'an urgent pointer');
    case 0x6f /* o */:
      return takeLiteral(cursor, OPTIONS)
        ? takeOptions(cursor, draft, 0x5d)
        : fail(draft, cursor, 'options in brackets');
    case 0x6c /* l */:
      if (!takeLiteral(cursor, LENGTH)) break;
      draft.len = takeNumber(cursor);
      return isUint32(draft.len) || fail(draft, cursor, 'a length in bytes');
  }
  return fail(draft, cursor, 'cksum, seq, ack, win, urg, options or length');
}

/** Takes `cksum 0x43fd (incorrect -> 0x3d28)`, or with `(correct)`. */
function takeChecksum(cursor: Cursor, draft: PacketDraft): boolean {
  if (!takeLiteral(cursor, CHECKSUM)) return fail(draft, cursor, 'a checksum');
  const value = takeHex(cursor);
  let expected = -1;
  if (takeLiteral(cursor, INCORRECT)) {
    expected = takeHex(cursor);
    if (expected < 0 || expected > 0xffff || !takeText(cursor, ')')) {
      return fail(draft, cursor, 'the checksum that is expected');
    }
  } else if (!takeLiteral(cursor, CORRECT)) {
    return fail(draft, cursor, '"(correct)" or "(incorrect -> 0x…)" after the checksum');
  }
  if (value < 0 || value > 0xffff) return fail(draft, cursor, 'a checksum of 16 bits');
  draft.checksum = value;
  draft.expectedChecksum = expected;
  return true;
}

/** Takes `seq 66001914` or `seq 1:6`. */
function takeSequence(cursor: Cursor, draft: PacketDraft): boolean {
  if (!takeLiteral(cursor, SEQUENCE)) return fail(draft, cursor, 'a sequence number');
  draft.seq = takeNumber(cursor);
  if (!isUint32(draft.seq)) return fail(draft, cursor, 'a sequence number');
  if (!takeText(cursor, ':')) return true;
  draft.seqEnd = takeNumber(cursor);
  return isUint32(draft.seqEnd) || fail(draft, cursor, 'the sequence number after the last byte');
}

function isUint32(value: number): boolean {
  return value >= 0 && value <= MAX_UINT32;
}

/** Takes what follows the last item: the payload's text, or the mark of a cut header. */
function takeRest(cursor: Cursor, draft: PacketDraft): boolean {
  const { bytes, end } = cursor;
  const rest = skipBlanks(bytes, cursor.at, end);
  cursor.at = rest;
  if (draft.len >= 0) {
    draft.payloadStart = bytes[rest] === 0x3a ? skipBlanks(bytes, rest + 1, end) : rest;
    draft.payloadEnd = end;
    return true;
  }
  // Where tcpdump prints no second sequence number there is no payload.
  draft.len = draft.seqEnd >= 0 ? (draft.seqEnd - draft.seq) >>> 0 : 0;
  if (draft.isUnfinished || takeText(cursor, '[bad hdr length')) return true;
  if (takeText(cursor, '[|tcp]')) {
    draft.truncated = true;
    return true;
  }
  return fail(draft, cursor, draft.flags === 0 && rest < end ? 'TCP flags' : 'a length in bytes');
}
