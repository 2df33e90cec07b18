import type { TcpOptions } from '@tuplescope/net';
import { u16, u32 } from './byte-order.ts';

type Draft = { -readonly [Name in keyof TcpOptions]: TcpOptions[Name] };

/** Kinds of the registry "TCP Option Kind Numbers" that have a length. */
const MSS = 2;
const WINDOW_SCALE = 3;
const SACK_PERMITTED = 4;
const SACK = 5;
const TIMESTAMPS = 8;
const MPTCP = 30;
const FAST_OPEN = 34;
const EXPERIMENT = 254;
/** What an experiment begins with that is Fast Open of before its number (RFC 7413 appendix A). */
const FAST_OPEN_EXPERIMENT = 0xf989;

const NAMES: ReadonlyMap<number, string> = new Map([
  [MSS, 'mss'],
  [WINDOW_SCALE, 'wscale'],
  [SACK_PERMITTED, 'sackOK'],
  [SACK, 'sack'],
  [6, 'echo'],
  [7, 'echoreply'],
  [TIMESTAMPS, 'TS'],
  [11, 'cc'],
  [12, 'ccnew'],
  [13, 'ccecho'],
  [19, 'md5'],
  [28, 'uto'],
  [29, 'tcp-ao'],
  [MPTCP, 'mptcp'],
  [FAST_OPEN, 'tfo'],
]);

/** Subtypes of Multipath TCP (RFC 8684 section 8.2). */
const MPTCP_SUBTYPES: readonly string[] = [
  'capable',
  'join',
  'dss',
  'add-addr',
  'rem-addr',
  'prio',
  'fail',
  'fast-close',
  'reset',
];

/**
 * Reads the options of a TCP header (RFC 9293 section 3.2). An option that cannot be read, and one
 * that has no field of its own, is in `other` with its bytes in hex: `md5 0x00…`, `unknown-99 0xabcd`.
 * An option that the capture cut is left out.
 *
 * @param start offset of the first option, 20 bytes after the header begins.
 * @param end offset after the last that the capture holds.
 * @param headerEnd offset after the last by the header's own length.
 * @example
 * readTcpOptions(new Uint8Array([2, 4, 5, 0xb4, 1, 3, 3, 7]), 0, 8) // { mss: 1460, wscale: 7 }
 */
export function readTcpOptions(
  bytes: Uint8Array,
  start: number,
  end: number,
  headerEnd: number = end,
): TcpOptions {
  const options: Draft = {};
  const other: string[] = [];
  let at = start;
  while (at < end) {
    const kind = bytes[at] as number;
    if (kind === 0) break;
    if (kind === 1) {
      at++;
      continue;
    }
    const length = at + 1 < end ? (bytes[at + 1] as number) : 0;
    if (end < headerEnd && (at + 1 === end || at + length > end)) break;
    const isWhole = length >= 2 && at + length <= end;
    const next = isWhole ? at + length : end;
    if (!isWhole || !readOption(bytes, at, length, kind, options)) {
      other.push(spell(bytes, kind, Math.min(at + 2, next), next));
    }
    at = next;
  }
  if (other.length > 0) options.other = other;
  return options;
}

/** Puts an option into its field; false where it has none or is not as long as it must be. */
function readOption(
  bytes: Uint8Array,
  at: number,
  length: number,
  kind: number,
  options: Draft,
): boolean {
  switch (kind) {
    case MSS:
      if (length !== 4) return false;
      options.mss = u16(bytes, at + 2);
      return true;
    case WINDOW_SCALE:
      if (length !== 3) return false;
      options.wscale = bytes[at + 2] as number;
      return true;
    case SACK_PERMITTED:
      if (length !== 2) return false;
      options.sackOK = true;
      return true;
    case SACK:
      return readSack(bytes, at, length, options);
    case TIMESTAMPS:
      if (length !== 10) return false;
      options.ts = [u32(bytes, at + 2), u32(bytes, at + 6)];
      return true;
    case MPTCP:
      return readMptcp(bytes, at, length, options);
    case FAST_OPEN:
      options.tfo = hex(bytes, at + 2, at + length);
      return true;
    case EXPERIMENT:
      if (length < 4 || u16(bytes, at + 2) !== FAST_OPEN_EXPERIMENT) return false;
      options.tfo = hex(bytes, at + 4, at + length);
      return true;
    default:
      return false;
  }
}

function readSack(bytes: Uint8Array, at: number, length: number, options: Draft): boolean {
  if (length < 10 || (length - 2) % 8 !== 0) return false;
  const blocks: [number, number][] = [];
  for (let i = at + 2; i < at + length; i += 8) blocks.push([u32(bytes, i), u32(bytes, i + 4)]);
  options.sack = blocks;
  return true;
}

/** The subtype is the upper half of the third byte; a segment may have several of these options. */
function readMptcp(bytes: Uint8Array, at: number, length: number, options: Draft): boolean {
  if (length < 3) return false;
  const subtype = (bytes[at + 2] as number) >> 4;
  const name = MPTCP_SUBTYPES[subtype] ?? `subtype-${subtype}`;
  options.mptcp = options.mptcp === undefined ? name : `${options.mptcp}, ${name}`;
  return true;
}

function spell(bytes: Uint8Array, kind: number, start: number, end: number): string {
  const name = NAMES.get(kind) ?? `unknown-${kind}`;
  return start < end ? `${name} 0x${hex(bytes, start, end)}` : name;
}

function hex(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += (bytes[i] as number).toString(16).padStart(2, '0');
  return text;
}
