import {
  DiagnosticList,
  decodeText,
  indexOfByte,
  isBlank,
  isOversizedLine,
  LineScanner,
  readHex,
  readUnsigned,
  type SourceSpan,
  skipBlanks,
  startsWithAt,
  toBytes,
  trimEnd,
  WHOLE_INPUT,
  wordEnd,
} from '@tuplescope/scan';
import type { ConntrackStatistics } from './conntrack-statistics.ts';
import { ConntrackStatisticsTable } from './conntrack-statistics-table.ts';
import { isSurrounding } from './surroundings.ts';

/** The longest name of a counter, and more. */
const LONGEST_NAME = 64;
const EQUALS = 0x3d;

/** What is being read, and the header of /proc/net/stat/nf_conntrack above it. */
interface Reading {
  readonly bytes: Uint8Array;
  readonly header: { names: readonly string[]; lines: number };
}

/**
 * Reads `conntrack -S` (a line a CPU), `conntrack -C` (one number) and /proc/net/stat/nf_conntrack
 * (a header, then hexadecimal columns, a line a CPU). The names of the counters are the input's own:
 * they changed over the versions of the tool and of the kernel.
 *
 * Never throws on bad text: a line that is none of these is passed over with a diagnostic.
 *
 * @example
 * parseConntrackStatistics('cpu=0   \tfound=0 invalid=5 insert=0 \n').at(0)
 * // { cpu: 0, counters: { found: 0, invalid: 5, insert: 0 }, source: { … } }
 */
export function parseConntrackStatistics(input: string | Uint8Array): ConntrackStatisticsTable {
  const bytes = toBytes(input);
  const lines = new LineScanner(bytes);
  const diagnostics = new DiagnosticList(bytes, WHOLE_INPUT);
  const reading: Reading = { bytes, header: { names: [], lines: 0 } };
  const rows: ConntrackStatistics[] = [];
  while (lines.next()) {
    if (isOversizedLine(lines, diagnostics)) continue;
    const { line, start: lineStart } = lines;
    const start = skipBlanks(bytes, lineStart, lines.end);
    const end = trimEnd(bytes, start, lines.end);
    if (start === end) continue;
    const row = readStatistics(reading, { line, start, end });
    if (row === 'header') continue;
    if (row !== null) rows.push(row);
    else {
      const severity = isSurrounding(bytes, start, end) ? 'hint' : 'error';
      const expected = 'a line of conntrack -S or -C or of /proc/net/stat/nf_conntrack';
      diagnostics.add({ severity, line, lineStart, start, end, expected });
    }
  }
  return new ConntrackStatisticsTable(rows, diagnostics.all());
}

function readStatistics(
  reading: Reading,
  source: SourceSpan,
): ConntrackStatistics | 'header' | null {
  const { bytes, header } = reading;
  const { start, end } = source;
  if (startsWithAt(bytes, start, end, 'cpu=')) return readCpu(bytes, source);
  if (startsWithAt(bytes, start, end, 'entries ')) {
    header.names = words(bytes, start, end).map(([from, to]) => decodeText(bytes, from, to));
    header.lines = 0;
    return 'header';
  }
  if (header.names.length > 0 && wordEnd(bytes, start, end) === start + 8) {
    return readHexColumns(reading, source);
  }
  const count = readUnsigned(bytes, start, end);
  return count < 0 ? null : { count, source };
}

/** `cpu=0   \tfound=0 invalid=5 …` */
function readCpu(bytes: Uint8Array, source: SourceSpan): ConntrackStatistics | null {
  let cpu = -1;
  const counters: Record<string, number> = Object.create(null);
  for (const [start, end] of words(bytes, source.start, source.end)) {
    const equals = indexOfByte(bytes, EQUALS, start, end);
    if (equals <= start || equals - start > LONGEST_NAME) return null;
    const value = readUnsigned(bytes, equals + 1, end);
    if (value < 0) return null;
    if (start === source.start) cpu = value;
    else counters[decodeText(bytes, start, equals)] = value;
  }
  return Object.keys(counters).length === 0 ? null : { cpu, counters: { ...counters }, source };
}

/** `00000002  00000000 …`: the kernel pads to eight digits and prints no CPU. */
function readHexColumns(
  { bytes, header }: Reading,
  source: SourceSpan,
): ConntrackStatistics | null {
  const columns = words(bytes, source.start, source.end);
  if (columns.length !== header.names.length) return null;
  const values = columns.map(([start, end]) => readHex(bytes, start, end));
  if (values.includes(-1)) return null;
  const counters = Object.fromEntries(header.names.map((name, i) => [name, values[i] as number]));
  return { cpu: header.lines++, counters, source };
}

function words(bytes: Uint8Array, start: number, end: number): [start: number, end: number][] {
  const list: [number, number][] = [];
  for (let at = start; at < end; at = skipBlanks(bytes, at, end)) {
    const after = wordEnd(bytes, at, end);
    list.push([at, after]);
    at = after;
    if (!isBlank(bytes[at])) break;
  }
  return list;
}
