import { decodeText, skipSpace, spaceAt, startsWithAt } from '@tuplescope/scan';
import { completeEntry } from './complete-entry.ts';
import type { EntryDraft } from './entry-draft.ts';
import {
  ASSURED,
  EVENT_SHIFT,
  EVENTS,
  HAS_TIMEOUT,
  HW_OFFLOAD,
  OFFLOAD,
  UNNAMED,
  UNREPLIED,
} from './entry-flags.ts';
import { protocolName, protocolNumber } from './protocols.ts';
import { readAddressValue, readLimited } from './read-value.ts';
import { stateNumber } from './states.ts';
import type { EntryReading } from './text-entry.ts';

/** A listing prints -A; events print what happened, NEW as -A too. */
const COMMANDS: ReadonlyMap<string, (typeof EVENTS)[number]> = new Map([
  ['-A', null],
  ['-I', null],
  ['-U', 'UPDATE'],
  ['-D', 'DESTROY'],
]);

/**
 * Says whether a line is of the form of `conntrack -o save`: one of its commands, then `-t`, `-u` or
 * `-s`. A line of `iptables-save` begins with -A too.
 *
 * @example
 * isSaveLine(toBytes('-A -t 7 -u ASSURED'), 0, 18) // true
 */
export function isSaveLine(bytes: Uint8Array, start: number, end: number): boolean {
  if (!COMMANDS.has(decodeText(bytes, start, Math.min(start + 2, end)))) return false;
  const at = skipSpace(bytes, start + 2, end);
  return at > start + 2 && ['-t ', '-u ', '-s '].some((o) => startsWithAt(bytes, at, end, o));
}

/**
 * Reads one line of `conntrack -o save`, the arguments that `conntrack -R` takes. Gives whether it
 * was one; the draft then holds it, else the draft's refusal says why not.
 */
export function readSaveEntry(
  bytes: Uint8Array,
  start: number,
  end: number,
  reading: EntryReading,
): boolean {
  const { draft } = reading;
  draft.clear();
  const event = COMMANDS.get(decodeText(bytes, start, start + 2)) ?? null;
  draft.flags |= EVENTS.indexOf(event) << EVENT_SHIFT;
  let at = skipSpace(bytes, start + 2, end);
  while (at < end) {
    const nameEnd = spaceAt(bytes, at, end);
    const valueAt = skipSpace(bytes, nameEnd, end);
    const valueEnd = spaceAt(bytes, valueAt, end);
    if (nameEnd - at > 20 || valueAt === end) {
      draft.refuse(at, valueEnd, 'an option and its value');
      return false;
    }
    const name = decodeText(bytes, at, nameEnd);
    if (!readOption(bytes, valueAt, valueEnd, name, reading)) {
      draft.refusal ??= { start: at, end: nameEnd, expected: 'an option of conntrack -A' };
      return false;
    }
    at = skipSpace(bytes, valueEnd, end);
  }
  const missing = completeEntry(draft, false);
  if (missing !== null) draft.refuse(end, end, `the option for ${missing}`);
  return missing === null;
}

const ADDRESSES: ReadonlyMap<string, readonly [0 | 1, 'src' | 'dst']> = new Map([
  ['-s', [0, 'src']],
  ['-d', [0, 'dst']],
  ['-r', [1, 'src']],
  // Instead of -r and -q where NAT is in place.
  ['-g', [1, 'src']],
  ['-q', [1, 'dst']],
  ['-n', [1, 'dst']],
]);

const TUPLE_NUMBERS: ReadonlyMap<string, readonly [0 | 1, 'sport' | 'dport' | 'type' | 'code']> =
  new Map([
    ['--sport', [0, 'sport']],
    ['--dport', [0, 'dport']],
    ['--reply-port-src', [1, 'sport']],
    ['--reply-port-dst', [1, 'dport']],
    ['--srckey', [0, 'sport']],
    ['--dstkey', [0, 'dport']],
    ['--reply-key-src', [1, 'sport']],
    ['--reply-key-dst', [1, 'dport']],
    ['--icmp-type', [0, 'type']],
    ['--icmp-code', [0, 'code']],
    ['--icmp-id', [0, 'sport']],
    ['--icmpv6-type', [0, 'type']],
    ['--icmpv6-code', [0, 'code']],
    ['--icmpv6-id', [0, 'sport']],
  ]);

const FIELDS = new Map([
  ['-m', 'mark'],
  ['-c', 'secmark'],
  ['-w', 'zone'],
  ['--orig-zone', 'origZone'],
  ['--reply-zone', 'replyZone'],
] as const);

/** What the record has no field for. */
const LEFT_OUT = ['--orig-vtag', '--reply-vtag', '--role'];

function readOption(
  bytes: Uint8Array,
  start: number,
  end: number,
  name: string,
  { draft, pool }: EntryReading,
): boolean {
  const address = ADDRESSES.get(name);
  if (address !== undefined) {
    return readAddressValue(bytes, start, end, draft, address[0], address[1], pool);
  }
  const number = TUPLE_NUMBERS.get(name);
  if (number !== undefined) {
    const [direction, field] = number;
    const most = field === 'type' || field === 'code' ? 0xff : 0xffff;
    const value = readLimited(bytes, start, end, draft, most);
    draft.tuples[direction][field] = value;
    return value >= 0;
  }
  const field = FIELDS.get(name as '-m');
  if (field !== undefined) {
    const value = readLimited(
      bytes,
      start,
      end,
      draft,
      name === '-m' || name === '-c' ? undefined : 0xffff,
    );
    if (value >= 0) draft.set(field, value);
    return value >= 0;
  }
  if (name === '-t') {
    draft.timeout = readLimited(bytes, start, end, draft);
    draft.flags |= HAS_TIMEOUT;
    return draft.timeout >= 0;
  }
  const value = end - start <= 100 ? decodeText(bytes, start, end) : '';
  if (name === '-u') return readStatus(value, draft);
  if (name === '-p') return readProtocol(value, draft);
  if (name === '--state') {
    draft.state = stateNumber(value);
    return draft.state > 0;
  }
  if (!LEFT_OUT.includes(name)) return false;
  draft.oddity = { start, end, expected: `no ${name}, it is left out` };
  return true;
}

/** `-u SEEN_REPLY,ASSURED`, or UNSET. */
function readStatus(value: string, draft: EntryDraft): boolean {
  const names = value.split(',');
  const isKnown = names.every((name) => STATUSES.includes(name));
  if (!names.includes('SEEN_REPLY')) draft.flags |= UNREPLIED;
  if (names.includes('ASSURED')) draft.flags |= ASSURED;
  if (names.includes('OFFLOAD')) draft.flags |= OFFLOAD;
  if (names.includes('HW_OFFLOAD')) draft.flags |= HW_OFFLOAD;
  return isKnown;
}

const STATUSES = [
  'SEEN_REPLY',
  'ASSURED',
  'FIXED_TIMEOUT',
  'EXPECTED',
  'CONFIRMED',
  'OFFLOAD',
  'HW_OFFLOAD',
  'UNSET',
];

/** By name, or by number where conntrack has no name for it. */
function readProtocol(value: string, draft: EntryDraft): boolean {
  const number = /^\d{1,3}$/.test(value) ? Number(value) : protocolNumber(value);
  if (number < 0 || number > 255) return false;
  draft.protocol = number;
  if (protocolName(number) === 'unknown') return true;
  if (protocolNumber(value) < 0) draft.flags |= UNNAMED;
  return true;
}
