import { decodeText, indexOfByte, startsWithAt } from '@tuplescope/scan';

/** A process that holds a socket open. */
export interface SsProcess {
  /** The command name (at most 15 bytes from the kernel), escapes undone. */
  readonly name: string;
  /** Process id; null where it is not printed. */
  readonly pid: number | null;
  /** File descriptor; null for netstat, which does not print it. */
  readonly fd: number | null;
  /** Thread id, with `ss -T`. */
  readonly tid?: number;
  /** Security context of the process, with `ss -Z` or `-z`. */
  readonly proc_ctx?: string;
  /** Security context of the socket, with `ss -z`. */
  readonly sock_ctx?: string;
}

/** The text ended inside the list. */
export const CUT = -2;
/** The text is no list of processes. */
export const MALFORMED = -1;

/** A comm has 15 bytes; escaped, each may take four. */
const LONGEST_NAME = 15;
const LONGEST_ESCAPED = 60;
/** A security context is the longest of the fields. */
const LONGEST_FIELD = 512;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x28;
const CLOSE = 0x29;
const COMMA = 0x2c;

/**
 * Reads `("envoy",pid=96,fd=4),("app",pid=97,fd=3))` from after `users:(`, puts the processes into
 * `into` and gives the offset after the last `)`, or {@link CUT} or {@link MALFORMED}.
 *
 * Until 2026 the name was printed raw: it can hold quotes, commas and parentheses. A name ends at
 * the first quote after which the rest reads as `,pid=…,fd=…)`.
 */
export function readUsers(
  bytes: Uint8Array,
  start: number,
  end: number,
  into: SsProcess[],
): number {
  let at = start;
  for (;;) {
    if (at >= end) return CUT;
    if (bytes[at] !== OPEN) return MALFORMED;
    if (at + 1 >= end) return CUT;
    if (bytes[at + 1] !== QUOTE) return MALFORMED;
    const next = readProcess(bytes, at + 2, end, into);
    if (next < 0) return next;
    if (next >= end) return CUT;
    if (bytes[next] === CLOSE) return next + 1;
    if (bytes[next] !== COMMA) return MALFORMED;
    at = next + 1;
  }
}

function readProcess(bytes: Uint8Array, start: number, end: number, into: SsProcess[]): number {
  const backslash = indexOfByte(bytes, BACKSLASH, start, Math.min(end, start + LONGEST_NAME));
  const limit = Math.min(end, start + 1 + (backslash < 0 ? LONGEST_NAME : LONGEST_ESCAPED));
  for (let at = start; at < limit; at++) {
    if (bytes[at] !== QUOTE) continue;
    const next = readFields(bytes, at + 1, end, unescapeName(decodeText(bytes, start, at)), into);
    if (next !== MALFORMED) return next;
  }
  return limit === end ? CUT : MALFORMED;
}

/** `,pid=96,fd=4)`, and between them what the options -T, -Z and -z add. */
function readFields(
  bytes: Uint8Array,
  start: number,
  end: number,
  name: string,
  into: SsProcess[],
): number {
  const process: Record<string, unknown> = { name, pid: null, fd: null };
  let at = start;
  while (at < end && bytes[at] === COMMA) {
    const limit = Math.min(end, at + LONGEST_FIELD);
    let stop = at + 1;
    while (stop < limit && bytes[stop] !== COMMA && bytes[stop] !== CLOSE) stop++;
    if (stop === limit && limit < end) return MALFORMED;
    if (stop >= end) return isFieldBegun(bytes, at + 1, end) ? CUT : MALFORMED;
    const text = decodeText(bytes, at + 1, stop);
    const equals = text.indexOf('=');
    const key = text.slice(0, Math.max(0, equals));
    const value = text.slice(equals + 1);
    if (key === 'pid' || key === 'fd' || key === 'tid') {
      if (!/^\d{1,10}$/.test(value)) return MALFORMED;
      process[key] = Number(value);
    } else if (key === 'proc_ctx' || key === 'sock_ctx') process[key] = value;
    // A context may hold a comma of its own: c0.c1023,c5.
    else if (typeof process.sock_ctx === 'string') process.sock_ctx += `,${text}`;
    else if (typeof process.proc_ctx === 'string') process.proc_ctx += `,${text}`;
    else return MALFORMED;
    at = stop;
  }
  if (at >= end) return CUT;
  if (bytes[at] !== CLOSE || process.pid === null) return MALFORMED;
  into.push(process as unknown as SsProcess);
  return at + 1;
}

const FIELDS = ['pid=', 'fd=', 'tid=', 'proc_ctx=', 'sock_ctx='];

function isFieldBegun(bytes: Uint8Array, at: number, end: number): boolean {
  return FIELDS.some(
    (field) =>
      startsWithAt(bytes, at, end, field.slice(0, end - at)) &&
      (end - at <= field.length || startsWithAt(bytes, at, end, field)),
  );
}

/**
 * Undoes the escapes that `ss` has put into names since 2026: `\\`, `\"`, `\n`, `\t` and octal
 * `\042`. Any other backslash stays, for an older `ss` printed it raw.
 *
 * @example
 * unescapeName('a\\042b') // 'a"b'
 */
export function unescapeName(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\([0-3][0-7]{2}|["\\nt])/g, (_, code: string) => {
    if (code.length === 3) return String.fromCharCode(Number.parseInt(code, 8));
    return code === 'n' ? '\n' : code === 't' ? '\t' : code;
  });
}
