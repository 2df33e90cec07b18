import { parseConntrack, parseConntrackStatistics } from '@tuplescope/conntrack-parser';
import { parseNetfilterLog } from '@tuplescope/netfilter-log-parser';
import { parseNstat } from '@tuplescope/nstat-parser';
import { parsePcap } from '@tuplescope/pcap-reader';
import { parseRuleset, parseSysctl, parseUname, type Uname } from '@tuplescope/ruleset-parser';
import { type Diagnostic, decodeText, excerpt } from '@tuplescope/scan';
import { parseSs, parseSsSummary } from '@tuplescope/ss-parser';
import { parseTcpdump } from '@tuplescope/tcpdump-parser';
import type { Capture, CaptureContent, CaptureKind } from './capture.ts';
import { readKernelLine } from './kernel-line.ts';
import { parseDate } from './parse-date.ts';
import { recognize } from './recognize.ts';
import type { Section } from './split-transcript.ts';

/** How time stamps without a zone are read. */
export interface ReadOptions {
  /** Hours that a time stamp without a zone is ahead of UTC; 0 where it is not given. */
  readonly utcOffsetHours?: number;
}

/**
 * Recognises the output of one command and parses it. Output that is not recognised is kept with
 * the kind `unknown` and a hint; it never throws.
 *
 * @example
 * readCapture('ss.txt', section).content.kind // 'ss'
 */
export function readCapture(path: string, section: Section, options: ReadOptions = {}): Capture {
  const { bytes, origin, command } = section;
  const kind = recognize(bytes, { path, command });
  const { content, records, diagnostics } = parse(kind, bytes, options);
  return {
    path,
    origin,
    command,
    bytes,
    content,
    records,
    diagnostics: diagnostics.map((diagnostic) => ({
      ...diagnostic,
      line: diagnostic.line + origin.line - 1,
      start: diagnostic.start + origin.offset,
      end: diagnostic.end + origin.offset,
    })),
  };
}

interface Parsed {
  readonly content: CaptureContent;
  readonly records: number;
  readonly diagnostics: readonly Diagnostic[];
}

function parse(kind: CaptureKind, bytes: Uint8Array, options: ReadOptions): Parsed {
  switch (kind) {
    case 'ss':
      return emptyIsSaid(bytes, ofTable({ kind, table: parseSs(bytes) }));
    case 'conntrack':
      return emptyIsSaid(bytes, ofTable({ kind, table: parseConntrack(bytes, options) }));
    case 'conntrack-statistics':
      return ofTable({ kind, table: parseConntrackStatistics(bytes) });
    case 'nstat':
      return ofTable({ kind, table: parseNstat(bytes) });
    case 'log':
      return ofTable({ kind, table: parseNetfilterLog(bytes, options) });
    case 'tcpdump':
      return ofTable({ kind, table: parseTcpdump(bytes, options) });
    case 'ruleset':
      return ofTable({ kind, table: parseRuleset(bytes) });
    case 'sysctl':
      return ofTable({ kind, table: parseSysctl(bytes) });
    case 'ss-summary': {
      const summary = parseSsSummary(bytes);
      return summary === null
        ? unknown(bytes)
        : { content: { kind, summary }, records: 1, diagnostics: [] };
    }
    case 'uname': {
      const uname = parseUname(bytes) ?? unameOfLine(bytes);
      return uname === null
        ? unknown(bytes)
        : { content: { kind, uname }, records: 1, diagnostics: [] };
    }
    case 'date': {
      const at = parseDate(decodeText(bytes, 0, Math.min(bytes.length, 200)), options);
      return at === null ? unknown(bytes) : { content: { kind, at }, records: 1, diagnostics: [] };
    }
    case 'pcap':
      return ofTable({ kind, table: parsePcap(bytes) });
    default:
      return unknown(bytes);
  }
}

/** A line that names the release alone, where it is no output of `uname` itself. */
function unameOfLine(bytes: Uint8Array): Uname | null {
  const line = readKernelLine(bytes);
  const nothing = { version: null, machine: null, hostname: null, distribution: null };
  return line === null ? null : { ...nothing, ...line };
}

type TableContent = Extract<CaptureContent, { table: unknown }>;

function ofTable(content: TableContent): Parsed {
  return { content, records: content.table.length, diagnostics: content.table.diagnostics };
}

/** A listing without a row is evidence that there was nothing to list, so it is said. */
function emptyIsSaid(bytes: Uint8Array, parsed: Parsed): Parsed {
  if (parsed.records > 0) return parsed;
  const said = note(bytes, 'hint', 'rows', 'an empty listing: nothing was there to list');
  return { ...parsed, diagnostics: [...parsed.diagnostics, said] };
}

function unknown(bytes: Uint8Array): Parsed {
  const found = bytes.length === 0 ? 'an empty file' : excerpt(bytes, 0, firstLineEnd(bytes));
  const said = note(bytes, 'hint', 'the output of a tool that Tuplescope knows', found);
  return { content: { kind: 'unknown' }, records: 0, diagnostics: [said] };
}

function note(
  bytes: Uint8Array,
  severity: Diagnostic['severity'],
  expected: string,
  found: string,
): Diagnostic {
  const message = `expected ${expected}, found ${found}`;
  const end = firstLineEnd(bytes);
  return { severity, line: 1, column: 1, start: 0, end, expected, found, message };
}

function firstLineEnd(bytes: Uint8Array): number {
  const lineFeed = bytes.indexOf(0x0a);
  return lineFeed < 0 ? bytes.length : lineFeed;
}
