import { BLANK, CARRIAGE_RETURN, LINE_FEED, type SparseColumn, skipBlanks } from '@tuplescope/scan';
import { beginsCommonLine, EVENT_LENGTH, readCommonEvent, readCommonTime } from './common-event.ts';
import { readCommonState } from './common-state.ts';
import {
  addressesLength,
  readAddresses,
  readReplyAddresses,
  readTupleFields,
  textAddresses,
} from './common-tuple.ts';
import { readNumber } from './common-values.ts';
import {
  A_TI,
  ASSURED_1,
  ASSURED_2,
  BLANKS,
  BYTE,
  CTX,
  DELT,
  ED_END,
  ETS,
  ICMP_NAME,
  ICMP_NUMBER,
  ID,
  IME,
  IPV4,
  IPV4_NUMBER,
  IPV6,
  IPV6_NUMBER,
  MARK,
  OAD_END,
  OFFLOAD_1,
  OFFLOAD_2,
  PACK,
  RED_END,
  SECC,
  SRC,
  TCP_NAME,
  TCP_NUMBER,
  TES,
  UDP_NAME,
  UDP_NUMBER,
  UNREPLIED_1,
  UNREPLIED_2,
  USE,
  ZONE,
} from './common-words.ts';
import type { EntryColumns } from './entry-columns.ts';
import {
  ASSURED,
  EVENT_SHIFT,
  HAS_PORTS,
  HAS_TIMEOUT,
  OFFLOAD,
  REPLY_HAS_PORTS,
  UNREPLIED,
} from './entry-flags.ts';
import { FIELD, FIELDS } from './fields.ts';
import { ICMP, TCP, UDP } from './protocols.ts';

/** No common line is longer, so from one that begins before it every read is inside the input. */
const LONGEST = 1024;
const LONGEST_SECCTX = 256;
const EQUALS = 0x3d;
const BRACKET = 0x5b;
const MOST = 0xffffffff;

/**
 * Reads the lines of the common shape from an offset on, up to the first line of another shape or
 * to the last bytes of the input, and adds them to the columns. Gives the offset where it stopped:
 * the first byte of a line that it did not read. What it reads, it reads exactly as
 * {@link readTextEntry} does; it never reports anything.
 *
 *     [[1795386267.648337]\t][ [UPDATE] ][ipv4     2 ]tcp      6 [54 ][CLOSE_WAIT ]src= dst= sport= dport= [packets= bytes= ]
 *     [[UNREPLIED] ]src= dst= sport= dport= [packets= bytes= ][[ASSURED] |[OFFLOAD] ]
 *     [mark= ][secctx= ][zone= ][delta-time= ][use= ][id=]
 */
export function readCommonLines(
  bytes: Uint8Array,
  view: DataView,
  from: number,
  columns: EntryColumns,
): number {
  const last = bytes.length - LONGEST;
  const { pool, fields } = columns;
  const numbers = new Float64Array(FIELDS + 1);
  let entries = columns.entries.arrays;
  let tuples = columns.tuples.arrays;
  let row = columns.length;
  let lineStart = from;
  line: while (lineStart < last) {
    if (row >= entries.start.length || row * 2 + 1 >= tuples.src.length) {
      columns.length = row;
      columns.reserve();
      entries = columns.entries.arrays;
      tuples = columns.tuples.arrays;
    }
    let seen = 0;
    let event = 0;
    let start = lineStart;
    let at = lineStart;
    if (bytes[at] === BRACKET || bytes[at] === BLANK) {
      at = readCommonTime(bytes, at, numbers);
      event = readCommonEvent(view, at);
      if (event === 0) break;
      if (at > lineStart) seen |= 1 << FIELD.at;
      // The blanks before [NEW] and [UPDATE] are not the entry's.
      else start = skipBlanks(bytes, at, at + EVENT_LENGTH);
      at += EVENT_LENGTH;
    }
    let first = view.getInt32(at, true);
    if (first === IPV4 || first === IPV6) {
      if (view.getInt32(at + 4, true) !== BLANKS) break;
      if (first === IPV4 && view.getInt32(at + 7, true) === IPV4_NUMBER) at += 11;
      else if (first === IPV6 && view.getInt32(at + 8, true) === IPV6_NUMBER) at += 12;
      else break;
      first = view.getInt32(at, true);
    }
    let protocol: number;
    if (view.getInt32(at + 4, true) !== BLANKS) break;
    if (first === TCP_NAME && view.getInt32(at + 7, true) === TCP_NUMBER) {
      protocol = TCP;
      at += 11;
    } else if (first === UDP_NAME && view.getInt32(at + 8, true) === UDP_NUMBER) {
      protocol = UDP;
      at += 12;
    } else if (first === ICMP_NAME && view.getInt32(at + 7, true) === ICMP_NUMBER) {
      protocol = ICMP;
      at += 11;
    } else break;

    let flags = HAS_PORTS | REPLY_HAS_PORTS | (event << EVENT_SHIFT);
    numbers[FIELDS] = 0;
    if (view.getInt32(at, true) !== SRC) {
      const end = readNumber(bytes, at, numbers, FIELDS);
      if (end !== 0) {
        if (bytes[end] !== BLANK || (numbers[FIELDS] as number) > MOST) break;
        flags |= HAS_TIMEOUT;
        at = end + 1;
      }
    }
    let state = 0;
    if (protocol === TCP) {
      state = readCommonState(view, at);
      at += state >> 8;
    }

    const originalAt = at;
    const original = readAddresses(bytes, view, at, tuples, row * 2, pool);
    if (original === 0) break;
    at = readTupleFields(bytes, view, at + addressesLength(original), protocol, tuples, row * 2);
    if (at === 0 || bytes[at++] !== BLANK) break;
    let next = view.getInt32(at, true);
    if (next === PACK) {
      at = readCounters(bytes, view, at, numbers, FIELD.origPackets);
      if (at === 0 || bytes[at++] !== BLANK) break;
      seen |= 3 << FIELD.origPackets;
      next = view.getInt32(at, true);
    }
    if (next === UNREPLIED_1) {
      if (view.getInt32(at + 4, true) !== UNREPLIED_2) break;
      if (view.getInt32(at + 8, true) !== ED_END) break;
      flags |= UNREPLIED;
      at += 12;
    }

    const cell = row * 2 + 1;
    const reply = readReplyAddresses(bytes, view, at, tuples, cell, pool, originalAt, original);
    if (reply === 0) break;
    at = readTupleFields(bytes, view, at + addressesLength(reply), protocol, tuples, cell);
    if (at === 0) break;
    let separator = bytes[at] as number;
    if (separator === BLANK && view.getInt32(at + 1, true) === PACK) {
      at = readCounters(bytes, view, at + 1, numbers, FIELD.replyPackets);
      if (at === 0) break;
      seen |= 3 << FIELD.replyPackets;
      separator = bytes[at] as number;
    }
    if (separator === BLANK && bytes[at + 1] === BRACKET) {
      next = view.getInt32(at + 1, true);
      const middle = view.getInt32(at + 5, true);
      const end = view.getInt32(at + 6, true);
      if (next === ASSURED_1 && middle === ASSURED_2 && end === RED_END) flags |= ASSURED;
      else if (next === OFFLOAD_1 && middle === OFFLOAD_2 && end === OAD_END) flags |= OFFLOAD;
      else break;
      at += 10;
      separator = bytes[at] as number;
    }

    while (separator === BLANK) {
      at++;
      next = view.getInt32(at, true);
      let field: number;
      if (next === MARK && bytes[at + 4] === EQUALS) {
        field = FIELD.mark;
        at += 5;
      } else if (next === USE) {
        field = FIELD.use;
        at += 4;
      } else if (next === ZONE && bytes[at + 4] === EQUALS) {
        field = FIELD.zone;
        at += 5;
      } else if (next === SECC && view.getInt32(at + 3, true) === CTX) {
        field = FIELD.secctx;
        at += 7;
      } else if ((next & 0xffffff) === ID) {
        field = FIELD.id;
        at += 3;
      } else if (next === DELT && view.getInt32(at + 4, true) === A_TI) {
        if (view.getInt32(at + 7, true) !== IME) break line;
        field = FIELD.deltaTime;
        at += 11;
      } else break line;
      // Each field once, in the order that the tools print.
      if (seen >> field !== 0) break line;
      seen |= 1 << field;
      if (field === FIELD.secctx) {
        let end = at;
        while (end - at < LONGEST_SECCTX && (bytes[end] as number) > BLANK) end++;
        if (end === at || end - at === LONGEST_SECCTX) break line;
        numbers[field] = pool.intern(bytes, at, end);
        at = end;
      } else {
        at = readNumber(bytes, at, numbers, field);
        const most = field === FIELD.zone ? 0xffff : MOST;
        if (at === 0 || (numbers[field] as number) > most) break line;
      }
      separator = bytes[at] as number;
    }

    const end = at;
    if (separator === CARRIAGE_RETURN) separator = bytes[++at] as number;
    if (separator !== LINE_FEED) break;
    if (!beginsCommonLine(bytes, view, at + 1)) break;

    entries.start[row] = start;
    entries.length[row] = end - start;
    entries.flags[row] = flags | textAddresses(original) | (textAddresses(reply) << 2);
    entries.protocol[row] = protocol;
    entries.state[row] = state;
    entries.timeout[row] = numbers[FIELDS] as number;
    for (; seen !== 0; seen &= seen - 1) {
      const field = 31 - Math.clz32(seen & -seen);
      (fields[field] as SparseColumn).set(row, numbers[field] as number);
    }
    row++;
    lineStart = at + 1;
  }
  columns.length = row;
  return lineStart;
}

/** Reads `packets=5 bytes=274` into two cells. Gives the offset after it, or 0. */
function readCounters(
  bytes: Uint8Array,
  view: DataView,
  from: number,
  numbers: Float64Array,
  cell: number,
): number {
  if (view.getInt32(from + 4, true) !== ETS) return 0;
  const at = readNumber(bytes, from + 8, numbers, cell);
  if (at === 0 || bytes[at] !== BLANK) return 0;
  if (view.getInt32(at + 1, true) !== BYTE || view.getInt32(at + 3, true) !== TES) return 0;
  return readNumber(bytes, at + 7, numbers, cell + 1);
}
