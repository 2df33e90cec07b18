import {
  decodeText,
  type Interner,
  readHex,
  skipSpace,
  spaceAt,
  startsWithAt,
} from '@tuplescope/scan';
import { completeEntry } from './complete-entry.ts';
import type { EntryDraft } from './entry-draft.ts';
import { ASSURED, HW_OFFLOAD, OFFLOAD, UNREPLIED } from './entry-flags.ts';
import { DIRECTED, type Field } from './fields.ts';
import { readCtime } from './local-time.ts';
import { isIcmp } from './protocols.ts';
import { readAddressValue, readCounter, readLimited } from './read-value.ts';
import { readTextHead } from './text-head.ts';
import { keyAt, type TextKey } from './text-keys.ts';

/** What a reader of one entry needs beside the bytes. */
export interface EntryReading {
  readonly draft: EntryDraft;
  /** Takes the texts of the entry. */
  readonly pool: Interner;
  /** Hours that local times are ahead of UTC. */
  readonly utcOffsetHours: number;
}

/**
 * Reads one entry of the text form, of `conntrack -E` or of /proc, fields in any order, over line
 * ends too. Gives whether it was one; the draft then holds it, else the draft's refusal says why not.
 */
export function readTextEntry(
  bytes: Uint8Array,
  start: number,
  end: number,
  reading: EntryReading,
): boolean {
  const { draft } = reading;
  draft.clear();
  let at = readTextHead(bytes, start, end, draft);
  let direction: 0 | 1 = 0;
  while (at >= 0 && at < end) {
    if (bytes[at] === 0x5b /* [ */) {
      at = readBracket(bytes, at, end, reading);
    } else {
      const key = keyAt(bytes, at, end);
      // The name of a program is the last field and may hold blanks.
      const wordEnd = key === 'progname' ? end : spaceAt(bytes, at, end);
      if (key === null) {
        draft.refuse(at, wordEnd, 'a field of an entry such as src=');
        return false;
      }
      const valueAt = at + key.length + 1;
      // The second src= begins the reply tuple.
      if (key === 'src' && direction === 0 && draft.tuples[0].src >= 0) direction = 1;
      if (!readField(bytes, valueAt, wordEnd, key, direction, reading)) return false;
      at = wordEnd;
    }
    if (at >= 0) at = skipSpace(bytes, at, end);
  }
  if (at < 0) return false;
  const missing = completeEntry(draft, true);
  if (missing !== null) draft.refuse(end, end, missing);
  return missing === null;
}

/** `[UNREPLIED]`, `[ASSURED]`, `[OFFLOAD]`, `[HW_OFFLOAD]`, `[USERSPACE]`, `[start=…]`, `[stop=…]`. */
function readBracket(
  bytes: Uint8Array,
  at: number,
  end: number,
  { draft, utcOffsetHours }: EntryReading,
): number {
  const close = bytes.subarray(at, end).indexOf(0x5d);
  if (close < 0) return draft.refuse(at, end, 'a ] that closes the [');
  const after = at + close + 1;
  const text = decodeText(bytes, at + 1, after - 1);
  if (text === 'UNREPLIED') draft.flags |= UNREPLIED;
  else if (text === 'ASSURED') draft.flags |= ASSURED;
  else if (text === 'OFFLOAD') draft.flags |= OFFLOAD;
  else if (text === 'HW_OFFLOAD') draft.flags |= HW_OFFLOAD;
  else if (text.startsWith('start=') || text.startsWith('stop=')) {
    const field = text.startsWith('start=') ? 'start' : 'stop';
    const seconds = readCtime(bytes, at + 2 + field.length, after - 1, utcOffsetHours);
    if (Number.isNaN(seconds)) {
      return draft.refuse(at, after, 'a time such as [start=Sun Nov 22 22:24:27 2026]');
    }
    draft.set(field, seconds);
  } else if (text !== 'USERSPACE') return draft.refuse(at, after, '[UNREPLIED] or [ASSURED]');
  return after;
}

/** Fields of the whole entry that are numbers of at most 32 bits. */
const NUMBERS: ReadonlyMap<TextKey, Field> = new Map([
  ['mark', 'mark'],
  ['secmark', 'secmark'],
  ['use', 'use'],
  ['id', 'id'],
  ['portid', 'portid'],
]);

/** Fields of the whole entry that are texts. */
const TEXTS: ReadonlyMap<TextKey, Field> = new Map([
  ['secctx', 'secctx'],
  ['labels', 'labels'],
  ['helper', 'helper'],
  ['progname', 'progname'],
]);

function readField(
  bytes: Uint8Array,
  start: number,
  end: number,
  key: TextKey,
  direction: 0 | 1,
  reading: EntryReading,
): boolean {
  const { draft, pool } = reading;
  const tuple = draft.tuples[direction];
  const isTupleId = key === 'id' && isIcmp(draft.protocol) && tuple.type >= 0 && tuple.sport < 0;
  switch (key) {
    case 'src':
    case 'dst':
      if (tuple[key] >= 0) return isRepeated(draft, start, end);
      return readAddressValue(bytes, start, end, draft, direction, key, pool);
    case 'sport':
    case 'dport':
      if (tuple[key] >= 0 || isIcmp(draft.protocol)) return isRepeated(draft, start, end);
      tuple[key] = readLimited(bytes, start, end, draft, 0xffff);
      return tuple[key] >= 0;
    case 'type':
    case 'code':
      if (tuple[key] >= 0 || !isIcmp(draft.protocol)) return isRepeated(draft, start, end);
      tuple[key] = readLimited(bytes, start, end, draft, 0xff);
      return tuple[key] >= 0;
    case 'srckey':
      tuple.sport = readKey(bytes, start, end, draft);
      return tuple.sport >= 0;
    case 'dstkey':
      tuple.dport = readKey(bytes, start, end, draft);
      return tuple.dport >= 0;
    case 'packets':
    case 'bytes': {
      const field = DIRECTED[direction][key];
      if (draft.has(field)) return isRepeated(draft, start, end);
      return readCounter(bytes, start, end, draft, field);
    }
    case 'delta-time':
      if (draft.has('deltaTime')) return isRepeated(draft, start, end);
      return readCounter(bytes, start, end, draft, 'deltaTime');
    case 'zone':
      return readNumber(bytes, start, end, draft, 'zone', 0xffff);
    case 'zone-orig':
      return readNumber(bytes, start, end, draft, 'origZone', 0xffff);
    case 'zone-reply':
      return readNumber(bytes, start, end, draft, 'replyZone', 0xffff);
    default:
  }
  if (isTupleId) {
    tuple.sport = readLimited(bytes, start, end, draft, 0xffff);
    return tuple.sport >= 0;
  }
  const text = TEXTS.get(key);
  if (text === undefined) return readNumber(bytes, start, end, draft, NUMBERS.get(key) ?? 'mark');
  if (draft.has(text)) return isRepeated(draft, start, end);
  draft.set(text, pool.intern(bytes, start, end));
  return true;
}

function readNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  draft: EntryDraft,
  field: Field,
  most?: number,
): boolean {
  if (draft.has(field)) return isRepeated(draft, start, end);
  const value = readLimited(bytes, start, end, draft, most);
  if (value >= 0) draft.set(field, value);
  return value >= 0;
}

/** PPTP call ids are printed `0x%x`. */
function readKey(bytes: Uint8Array, start: number, end: number, draft: EntryDraft): number {
  const value = startsWithAt(bytes, start, end, '0x') ? readHex(bytes, start + 2, end) : -1;
  return value >= 0 && value <= 0xffff ? value : draft.refuse(start, end, 'a key such as 0x5');
}

/** Two entries on one line, or a line that lost its beginning. */
function isRepeated(draft: EntryDraft, start: number, end: number): false {
  draft.refuse(start, end, 'each field once, at its place');
  return false;
}
