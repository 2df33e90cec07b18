import { type Cursor, takeNumber, takeText } from './cursor.ts';
import { type Literal, literal, takeLiteral } from './literal.ts';
import { fail, type PacketDraft } from './packet-draft.ts';

const TS_VALUE = literal('TS val ');
/** How the list of nearly every segment after the handshake begins. */
const PADDED_TIMESTAMP = literal('nop,nop,TS val ');
const TS_ECHO = literal(' ecr ');
const TIMESTAMP = literal('timestamp ');
const MSS = literal('mss ');
const SACK_OK = literal('sackOK');
const WSCALE = literal('wscale ');
const NOP = literal('nop');
const BETWEEN = literal(' ');

/**
 * Takes a list of TCP options up to its closing bracket: `]` since tcpdump 4.1, `>` before. The
 * usual ones go into the draft; of the others the whole list is kept, to be read when asked for.
 *
 *     mss 8960,sackOK,TS val 1250779694 ecr 0,nop,wscale 11]
 *     nop,nop,TS val 2150755275 ecr 1250324922]
 *     mss 1460,sackOK,timestamp 61612 0,nop,wscale 5>
 */
export function takeOptions(cursor: Cursor, draft: PacketDraft, close: number): boolean {
  const { bytes } = cursor;
  draft.optionsStart = cursor.at;
  if (takeLiteral(cursor, PADDED_TIMESTAMP) && takeTimestamp(cursor, draft, TS_ECHO)) {
    if (bytes[cursor.at] === close) return endList(cursor, draft);
  }
  cursor.at = draft.optionsStart;
  for (;;) {
    if (!takeUsual(cursor, draft)) break;
    const next = bytes[cursor.at];
    if (cursor.at >= cursor.end) break;
    if (next === close) return endList(cursor, draft);
    if (next !== 0x2c) break;
    cursor.at++;
  }
  draft.hasOtherOptions = true;
  return skipList(cursor, draft, close);
}

/** Takes the closing bracket. */
function endList(cursor: Cursor, draft: PacketDraft): true {
  draft.optionsEnd = cursor.at++;
  return true;
}

/** Takes one of the options that nearly every segment has. */
function takeUsual(cursor: Cursor, draft: PacketDraft): boolean {
  switch (cursor.bytes[cursor.at]) {
    case 0x6e /* n */:
      return takeLiteral(cursor, NOP);
    case 0x54 /* T */:
      return takeLiteral(cursor, TS_VALUE) && takeTimestamp(cursor, draft, TS_ECHO);
    case 0x74 /* t */:
      return takeLiteral(cursor, TIMESTAMP) && takeTimestamp(cursor, draft, BETWEEN);
    case 0x6d /* m */:
      if (!takeLiteral(cursor, MSS)) return false;
      draft.mss = takeNumber(cursor);
      return draft.mss >= 0 && draft.mss <= 0xffff;
    case 0x73 /* s */:
      draft.sackOK ||= takeLiteral(cursor, SACK_OK);
      return draft.sackOK && cursor.bytes[cursor.at] !== 0x73;
    case 0x77 /* w */:
      if (!takeLiteral(cursor, WSCALE)) return false;
      draft.wscale = takeNumber(cursor);
      return draft.wscale >= 0 && draft.wscale <= 0xff;
    case 0x65 /* e */:
      return takeText(cursor, 'eol');
    default:
      return false;
  }
}

function takeTimestamp(cursor: Cursor, draft: PacketDraft, between: Literal): boolean {
  const value = takeNumber(cursor);
  if (value < 0 || value > 0xffff_ffff || !takeLiteral(cursor, between)) return false;
  const echo = takeNumber(cursor);
  if (echo < 0 || echo > 0xffff_ffff) return false;
  draft.tsValue = value;
  draft.tsEcho = echo;
  return true;
}

/** Moves past the list: brackets inside it (`mss 1460[len 5]`) close before it does. */
function skipList(cursor: Cursor, draft: PacketDraft, close: number): boolean {
  const { bytes, end } = cursor;
  cursor.at = draft.optionsStart;
  let depth = 0;
  let lastComma = cursor.at;
  while (cursor.at < end) {
    const byte = bytes[cursor.at] as number;
    if (byte === 0x5b /* [ */) {
      // tcpdump stops at either, the list has no other end.
      const cut = cursor.at;
      draft.isUnfinished = takeText(cursor, '[bad opt]') || takeText(cursor, '[|tcp]');
      if (draft.isUnfinished) {
        draft.truncated ||= bytes[cut + 1] === 0x7c;
        // Of a cut option there is the name at most.
        draft.optionsEnd = bytes[cut + 1] === 0x7c ? lastComma : cursor.at;
        return true;
      }
      depth++;
    } else if (byte === close && depth === 0) return endList(cursor, draft);
    else if (byte === 0x5d /* ] */) depth--;
    else if (byte === 0x2c) lastComma = cursor.at;
    cursor.at++;
  }
  return fail(draft, cursor, `a "${String.fromCharCode(close)}" after the TCP options`);
}
