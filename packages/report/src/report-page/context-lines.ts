import type { Evidence } from '@tuplescope/collision-detector';
import type { Incident } from '@tuplescope/incident';
import { decodeText, visible } from '@tuplescope/scan';
import { quoteEvidence } from '../quote.ts';

/** A line of a file, as a reader sees it. */
export interface ContextLine {
  /** Its number in the file, from 1; null for a packet of a capture file, which has no lines. */
  readonly line: number | null;
  readonly text: string;
  /** Whether the record begins here. */
  readonly isRecord: boolean;
}

/** Lines before the record, and as many after it. */
const AROUND = 2;

/** A line is cut here. */
const MAX_BYTES = 400;

const LINE_FEED = 0x0a;

/**
 * Quotes the record that an evidence points at with the lines around it, or gives none where the input
 * no longer has it. Lines keep their blanks; control characters are made visible.
 */
export function contextLines(incidents: readonly Incident[], evidence: Evidence): ContextLine[] {
  const quoted = quoteEvidence(incidents, evidence);
  if (quoted === null) return [];
  for (const { captures } of incidents) {
    for (const { path, origin, bytes, content } of captures) {
      const start = evidence.start - origin.offset;
      if (path !== evidence.file || start < 0 || start >= bytes.length) continue;
      if (content.kind === 'pcap') return [{ line: null, text: quoted, isRecord: true }];
      return linesAround(bytes, start, evidence.line, quoted);
    }
  }
  return [];
}

function linesAround(
  bytes: Uint8Array,
  start: number,
  line: number,
  quoted: string,
): ContextLine[] {
  const begin = lineStart(bytes, start);
  // Of a line that holds many records, as JSON does, only the record is shown.
  const isWhole = decodeText(bytes, begin, start).trim() === '';
  const text = isWhole ? textAt(bytes, begin) : `… ${quoted}`;
  const lines: ContextLine[] = [{ line, text, isRecord: true }];
  let before = begin;
  for (let i = 1; i <= AROUND && before > 0; i++) {
    before = lineStart(bytes, before - 1);
    lines.unshift({ line: line - i, text: textAt(bytes, before), isRecord: false });
  }
  let after = lineEnd(bytes, start) + 1;
  for (let i = 1; i <= AROUND && after < bytes.length; i++) {
    lines.push({ line: line + i, text: textAt(bytes, after), isRecord: false });
    after = lineEnd(bytes, after) + 1;
  }
  return lines;
}

function lineStart(bytes: Uint8Array, at: number): number {
  return at === 0 ? 0 : bytes.lastIndexOf(LINE_FEED, at - 1) + 1;
}

function lineEnd(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(LINE_FEED, at);
  return end < 0 ? bytes.length : end;
}

function textAt(bytes: Uint8Array, begin: number): string {
  const end = lineEnd(bytes, begin);
  const cut = end - begin > MAX_BYTES ? '…' : '';
  const text = decodeText(bytes, begin, Math.min(end, begin + MAX_BYTES));
  return visible(text.replaceAll('\t', '  ').trimEnd()) + cut;
}
