import { formatIpv4, parseIpv4, readIpv4 } from './ipv4.ts';

const COLON = 0x3a;
const DOT = 0x2e;
/** Eight groups of four digits, the last two as a dotted quad. */
const LONGEST = 45;

/**
 * Parses an IPv6 address into its eight 16-bit groups, or null where the text is none
 * (RFC 4291 section 2.2: all three forms, the one with a dotted quad at its end too).
 * A zone (`%eth0`) or brackets are not part of the address.
 *
 * @example
 * parseIpv6('fd00::1') // [0xfd00, 0, 0, 0, 0, 0, 0, 1]
 */
export function parseIpv6(text: string): number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = readGroups(halves[0] as string, halves.length === 1);
  const tail = halves.length === 2 ? readGroups(halves[1] as string, true) : [];
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

/**
 * Says whether bytes are what {@link parseIpv6} reads, without making a text of them.
 *
 * @example
 * isIpv6(new TextEncoder().encode('fd00::1'), 0, 7) // true
 */
export function isIpv6(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 2 || end - start > LONGEST) return false;
  let groups = 0;
  let digits = 0;
  let isShortened = false;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte === COLON) {
      if (bytes[i + 1] === COLON && i + 1 < end) {
        if (isShortened) return false;
        isShortened = true;
        i++;
      } else if (digits === 0 || i + 1 === end) return false;
      digits = 0;
    } else if (byte === DOT) {
      return endsInQuad(bytes, i - digits, end, groups - 1, isShortened);
    } else {
      const letter = byte | 0x20;
      const isHex = (byte >= 48 && byte <= 57) || (letter >= 97 && letter <= 102);
      if (!isHex || ++digits > 4) return false;
      if (digits === 1) groups++;
    }
  }
  return isShortened ? groups < 8 : groups === 8;
}

/**
 * Writes eight 16-bit groups in the canonical form of RFC 5952: lower case, the longest run of
 * zeros shortened, an IPv4-mapped address (::ffff:0:0/96) with its dotted quad.
 *
 * @example
 * formatIpv6([0xfd00, 0, 0, 0, 0, 0, 0, 1]) // 'fd00::1'
 */
export function formatIpv6(groups: readonly number[]): string {
  const mapped = mappedIpv4(groups);
  if (mapped !== null) return `::ffff:${formatIpv4(mapped)}`;
  const run = longestZeroRun(groups);
  const hex = (part: readonly number[]): string =>
    part.map((group) => group.toString(16)).join(':');
  if (run === null) return hex(groups);
  return `${hex(groups.slice(0, run.start))}::${hex(groups.slice(run.start + run.length))}`;
}

/**
 * Gives the IPv4 address inside an IPv4-mapped one (RFC 4291 section 2.5.5.2), else null.
 *
 * @example
 * mappedIpv4([0, 0, 0, 0, 0, 0xffff, 0x7f00, 1]) // 2130706433
 */
export function mappedIpv4(groups: readonly number[]): number | null {
  const isMapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  return isMapped ? (groups[6] as number) * 65536 + (groups[7] as number) : null;
}

function readGroups(text: string, mayEndInQuad: boolean): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const quad = mayEndInQuad && i === parts.length - 1 ? parseIpv4(part) : null;
    if (quad === null) return null;
    groups.push(quad >>> 16, quad & 0xffff);
  }
  return groups;
}

/** RFC 5952 section 4.2: the longest run of two or more zero groups, the first of equals. */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } | null {
  let best: { start: number; length: number } | null = null;
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length >= 2 && length > (best?.length ?? 0)) best = { start, length };
    start += length;
  }
  return best;
}

/** `::ffff:10.0.0.1`: the quad stands for two groups. */
function endsInQuad(
  bytes: Uint8Array,
  start: number,
  end: number,
  groups: number,
  isShortened: boolean,
): boolean {
  return (isShortened ? groups < 6 : groups === 6) && readIpv4(bytes, start, end) >= 0;
}
