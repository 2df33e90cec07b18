import {
  classifyPastedLine,
  DiagnosticList,
  indexOfByte,
  isOversizedLine,
  LineScanner,
  type Severity,
  type SourceOrigin,
  skipBlanks,
  startsWithAt,
  toBytes,
  trimEnd,
  WHOLE_INPUT,
} from '@tuplescope/scan';
import { SysctlRows, SysctlTable } from './sysctl-table.ts';

const EQUALS = 0x3d;
const COLON = 0x3a;

/**
 * Parses kernel settings: `sysctl -a`, a sysctl.conf, or `grep . /proc/sys/net/…` (`path:value`).
 * Never throws: a line that is not understood is a diagnostic and costs no other.
 *
 * @example
 * parseSysctl('net.ipv4.ip_local_port_range = 32768\t60999\n').at(0).value // '32768\t60999'
 */
export function parseSysctl(input: string | Uint8Array): SysctlTable {
  return parseSysctlBlock(toBytes(input), WHOLE_INPUT);
}

/** Parses whole lines; none depends on another. */
export function parseSysctlBlock(bytes: Uint8Array, origin: SourceOrigin): SysctlTable {
  const rows = new SysctlRows(bytes, origin);
  const diagnostics = new DiagnosticList(bytes, origin);
  const lines = new LineScanner(bytes);
  while (lines.next()) {
    if (isOversizedLine(lines, diagnostics)) continue;
    const { line, start: lineStart } = lines;
    const start = skipBlanks(bytes, lineStart, lines.end);
    const end = trimEnd(bytes, start, lines.end);
    if (start === end || readSetting(rows, bytes, line, start, end)) continue;
    const severity: Severity = isForgiven(bytes, start, end) ? 'hint' : 'error';
    const expected = 'a setting such as net.ipv4.tcp_fin_timeout = 60';
    diagnostics.add({ severity, line, lineStart, start, end, expected });
  }
  rows.columns.trim(rows.length);
  return new SysctlTable(rows, diagnostics.all());
}

function readSetting(
  rows: SysctlRows,
  bytes: Uint8Array,
  line: number,
  start: number,
  end: number,
): boolean {
  // sysctl.conf(5): a hyphen before the name asks that failures be ignored.
  const keyStart = bytes[start] === 0x2d ? start + 1 : start;
  const isPath = startsWithAt(bytes, keyStart, end, '/proc/sys/');
  let separator = indexOfByte(bytes, EQUALS, keyStart, end);
  if (isPath && separator < 0) separator = indexOfByte(bytes, COLON, keyStart, end);
  if (separator < 0) return false;
  const keyEnd = trimEnd(bytes, keyStart, separator);
  if (!isKey(bytes, keyStart, keyEnd)) return false;
  const valueStart = skipBlanks(bytes, separator + 1, end);
  const key = rows.texts.intern(bytes, keyStart, keyEnd);
  rows.add(key, rows.texts.intern(bytes, valueStart, end), line, start, end);
  return true;
}

/** A name: words of letters, digits, `_`, `-`, with dots or slashes between, at least two. */
function isKey(bytes: Uint8Array, start: number, end: number): boolean {
  let separators = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x2e || byte === 0x2f) separators++;
    else if (!isNameByte(byte)) return false;
  }
  const last = bytes[end - 1];
  return separators > 0 && end - start <= 255 && last !== 0x2e && last !== 0x2f;
}

/** Interfaces may be named `br-0`, `veth@x`, `eth0:1`, `wg+`. */
function isNameByte(byte: number): boolean {
  const lower = byte | 0x20;
  if (lower >= 0x61 && lower <= 0x7a) return true;
  return (byte >= 0x30 && byte <= 0x3a) || '_-@+*'.includes(String.fromCharCode(byte));
}

/** What people paste along, comments of sysctl.conf(5), what sysctl says on standard error. */
function isForgiven(bytes: Uint8Array, start: number, end: number): boolean {
  const isOfTools = [';', 'sysctl: ', 'grep: '].some((text) =>
    startsWithAt(bytes, start, end, text),
  );
  return isOfTools || classifyPastedLine(bytes, start, end) !== null;
}
