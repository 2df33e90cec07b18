import {
  BLANK,
  decodeText,
  indexOfByte,
  isDigit,
  readUnsigned,
  skipSpace,
  spaceAt,
} from '@tuplescope/scan';
import type { EntryDraft } from './entry-draft.ts';
import { EVENT_SHIFT, EVENTS, HAS_TIMEOUT, UNNAMED } from './entry-flags.ts';
import { eventTime } from './local-time.ts';
import { protocolName, protocolNumber } from './protocols.ts';
import { readLimited } from './read-value.ts';
import { stateNumber } from './states.ts';

const BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const POINT = 0x2e;
/** What 2^53 microseconds hold; a time after the year 2255 is none. */
const MOST_SECONDS = 9_000_000_000;
/** `%-8s %u`: a name is padded to eight columns, and a blank follows. */
const NAME_COLUMNS = 9;

/**
 * Reads what stands before the tuples:
 * `[1795386267.648337]\t [UPDATE] ipv4     2 tcp      6 60 SYN_RECV `.
 * Gives the offset of the first tuple, or -1 with the draft's refusal.
 */
export function readTextHead(
  bytes: Uint8Array,
  start: number,
  end: number,
  draft: EntryDraft,
): number {
  let at = readTime(bytes, start, end, draft);
  at = readEvent(bytes, skipSpace(bytes, at, end), end, draft);
  if (at < 0) return -1;
  at = readNetworkProtocol(bytes, at, end, draft);
  at = readProtocol(bytes, at, end, draft);
  if (at < 0) return -1;
  if (isDigit(bytes[at])) {
    const wordEnd = spaceAt(bytes, at, end);
    const timeout = readLimited(bytes, at, wordEnd, draft);
    if (timeout < 0) return -1;
    draft.timeout = timeout;
    draft.flags |= HAS_TIMEOUT;
    at = skipSpace(bytes, wordEnd, end);
  }
  return readState(bytes, at, end, draft);
}

/** `[%ld.%ld]\t` of gettimeofday: what follows the point are microseconds, not a fraction. */
function readTime(bytes: Uint8Array, at: number, end: number, draft: EntryDraft): number {
  if (bytes[at] !== BRACKET || !isDigit(bytes[at + 1])) return at;
  const close = indexOfByte(bytes, CLOSING_BRACKET, at, end);
  const point = indexOfByte(bytes, POINT, at, close);
  if (point < 0) return at;
  let last = close;
  while (last > point && bytes[last - 1] === BLANK) last--;
  let secondsEnd = point;
  while (secondsEnd > at && bytes[secondsEnd - 1] === BLANK) secondsEnd--;
  const seconds = readUnsigned(bytes, at + 1, secondsEnd);
  const micros = readUnsigned(bytes, point + 1, last);
  if (seconds < 0 || seconds > MOST_SECONDS || micros < 0 || micros > 999_999) return at;
  draft.set('at', eventTime(seconds, micros));
  return skipSpace(bytes, close + 1, end);
}

function readEvent(bytes: Uint8Array, at: number, end: number, draft: EntryDraft): number {
  if (bytes[at] !== BRACKET) return at;
  const wordEnd = spaceAt(bytes, at, end);
  const name = decodeText(bytes, at + 1, wordEnd - 1);
  const event = bytes[wordEnd - 1] === CLOSING_BRACKET ? EVENTS.indexOf(name as 'NEW') : -1;
  if (event < 1) return draft.refuse(at, wordEnd, '[NEW], [UPDATE] or [DESTROY]');
  draft.flags |= event << EVENT_SHIFT;
  return skipSpace(bytes, wordEnd, end);
}

/** `ipv4     2 `, in /proc and with `-o extended`; the addresses say the same. */
function readNetworkProtocol(
  bytes: Uint8Array,
  at: number,
  end: number,
  draft: EntryDraft,
): number {
  const nameEnd = spaceAt(bytes, at, end);
  const name = nameEnd - at === 4 ? decodeText(bytes, at, nameEnd) : '';
  if (name !== 'ipv4' && name !== 'ipv6') return at;
  const numberAt = skipSpace(bytes, nameEnd, end);
  const numberEnd = spaceAt(bytes, numberAt, end);
  // Not AF_INET or AF_INET6: the next reader says what it wants instead.
  if (readUnsigned(bytes, numberAt, numberEnd) !== (name === 'ipv4' ? 2 : 10)) return at;
  notePadding(draft, at, numberAt, numberEnd);
  return skipSpace(bytes, numberEnd, end);
}

function readProtocol(bytes: Uint8Array, at: number, end: number, draft: EntryDraft): number {
  const nameEnd = spaceAt(bytes, at, end);
  const name = nameEnd - at <= 8 ? decodeText(bytes, at, nameEnd) : '';
  const known = protocolNumber(name);
  if (known < 0 && name !== 'unknown') {
    return draft.refuse(at, nameEnd, 'a protocol such as "tcp      6"');
  }
  const numberAt = skipSpace(bytes, nameEnd, end);
  const numberEnd = spaceAt(bytes, numberAt, end);
  const number = readUnsigned(bytes, numberAt, numberEnd);
  if (known >= 0 ? number !== known : number < 0 || number > 255) {
    const expected = known >= 0 ? `${known}, the number of ${name}` : 'a protocol number';
    return draft.refuse(numberAt, numberEnd, expected);
  }
  draft.protocol = number;
  if (name !== protocolName(number)) draft.flags |= UNNAMED;
  notePadding(draft, at, numberAt, numberEnd);
  return skipSpace(bytes, numberEnd, end);
}

function readState(bytes: Uint8Array, at: number, end: number, draft: EntryDraft): number {
  const first = bytes[at] ?? 0;
  if (first < 65 || first > 90) return at;
  const wordEnd = spaceAt(bytes, at, end);
  const state = wordEnd - at <= 20 ? stateNumber(decodeText(bytes, at, wordEnd)) : 0;
  if (state === 0) return draft.refuse(at, wordEnd, 'a state such as SYN_SENT');
  draft.state = state;
  return skipSpace(bytes, wordEnd, end);
}

/** Pasted text has lost blanks. */
function notePadding(draft: EntryDraft, nameAt: number, numberAt: number, end: number): void {
  if (numberAt - nameAt === NAME_COLUMNS) return;
  draft.oddity ??= { start: nameAt, end, expected: 'a name padded to eight columns' };
}
