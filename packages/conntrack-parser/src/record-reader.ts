import {
  DiagnosticList,
  estimateLines,
  indexOfByte,
  indexOfText,
  isOversizedLine,
  LineScanner,
  lineEndAt,
  type Severity,
  type SourceOrigin,
  skipBlanks,
  skipSpace,
  startsWithAt,
  trimEnd,
} from '@tuplescope/scan';
import type { ConntrackOptions } from './conntrack-options.ts';
import { isContinuation } from './continuation.ts';
import { EntryColumns } from './entry-columns.ts';
import { type Complaint, EntryDraft } from './entry-draft.ts';
import { isSaveLine, readSaveEntry } from './save-entry.ts';
import { startsRecord } from './starts-record.ts';
import { isSurrounding } from './surroundings.ts';
import { type EntryReading, readTextEntry } from './text-entry.ts';
import { tidyText } from './tidy-text.ts';
import { readXmlEntry } from './xml-entry.ts';

const LESS = 0x3c;
const GREATER = 0x3e;
/** An entry of the text form is wrapped into no more lines than this after its first. */
const MOST_CONTINUATIONS = 8;
const WHOLE_ENTRY = 'an entry as the tool prints it';

/** Reads one record at a time, of any form, into columns, with a diagnostic for all that is odd. */
export class RecordReader {
  readonly columns: EntryColumns;
  readonly diagnostics: DiagnosticList;
  readonly lines: LineScanner;
  readonly #bytes: Uint8Array;
  readonly #draft: EntryDraft = new EntryDraft();
  readonly #reading: EntryReading;

  constructor(bytes: Uint8Array, origin: SourceOrigin, { utcOffsetHours = 0 }: ConntrackOptions) {
    this.columns = new EntryColumns(estimateLines(bytes));
    this.diagnostics = new DiagnosticList(bytes, origin);
    this.lines = new LineScanner(bytes);
    this.#bytes = bytes;
    this.#reading = { draft: this.#draft, pool: this.columns.pool, utcOffsetHours };
  }

  /** Reads the record that begins on the scanner's line, and moves the scanner to its last line. */
  readRecord(): void {
    if (isOversizedLine(this.lines, this.diagnostics)) return;
    const bytes = this.#bytes;
    const start = skipBlanks(bytes, this.lines.start, this.lines.end);
    const end = trimEnd(bytes, start, this.lines.end);
    if (start === end) return;
    if (bytes[start] === LESS) this.#readXml(start, end);
    else if (isSaveLine(bytes, start, end)) this.#readSave(start, end);
    else this.#readText(start, end);
  }

  #readSave(start: number, end: number): void {
    if (readSaveEntry(this.#bytes, start, end, this.#reading)) this.#add(start, end);
    else this.#report('error', this.#draft.refusal);
  }

  #readText(start: number, end: number): void {
    const bytes = this.#bytes;
    const wrappedEnd = this.#endOfWrapped(end);
    if (wrappedEnd > end && this.#readEdited(start, wrappedEnd)) {
      this.#add(start, wrappedEnd);
      while (this.lines.end < wrappedEnd) this.lines.next();
      return;
    }
    if (readTextEntry(bytes, start, end, this.#reading)) {
      this.#add(start, end);
      return;
    }
    const { refusal } = this.#draft;
    if (this.#readEdited(start, end)) this.#add(start, end);
    else if (isSurrounding(bytes, start, end)) {
      this.#report('hint', { start, end, expected: 'an entry' });
    } else this.#report('error', refusal);
  }

  /** Reads an entry that was wrapped, coloured or given remarks, and keeps a hint in the draft. */
  #readEdited(start: number, end: number): boolean {
    const bytes = this.#bytes;
    let isEntry = readTextEntry(bytes, start, end, this.#reading);
    const tidy = isEntry ? null : tidyText(bytes, start, end);
    if (tidy !== null) isEntry = readTextEntry(tidy, 0, tidy.length, this.#reading);
    const edited = { start, end, expected: WHOLE_ENTRY };
    this.#draft.oddity = edited;
    // A doubt points into the tidy copy.
    if (tidy !== null && this.#draft.doubt !== null) this.#draft.doubt = edited;
    return isEntry;
  }

  /** Gives the end of the lines that go on with the entry of this line; `end` where none does. */
  #endOfWrapped(end: number): number {
    let wrappedEnd = end;
    let from = this.lines.following;
    for (let i = 0; i < MOST_CONTINUATIONS && from < this.#bytes.length; i++) {
      const lineEnd = lineEndAt(this.#bytes, from);
      if (!isContinuation(this.#bytes, from, lineEnd)) break;
      wrappedEnd = trimEnd(this.#bytes, from, lineEnd);
      from = lineEnd + 1;
    }
    return wrappedEnd;
  }

  /** Reads the `<flow>`s from a line on, up to the next line that begins a record. */
  #readXml(start: number, lineEnd: number): void {
    const bytes = this.#bytes;
    let end = lineEnd;
    for (let from = this.lines.following; from < bytes.length; from = end + 1) {
      const nextEnd = lineEndAt(this.#bytes, from);
      if (startsRecord(bytes, from, nextEnd)) break;
      end = nextEnd;
    }
    for (let at = start; at < end; at = skipSpace(bytes, at, end)) {
      while (this.lines.end < at) this.lines.next();
      at = this.#readXmlItem(at, end);
    }
    while (this.lines.end < end) this.lines.next();
  }

  /** Reads a flow, or passes the elements around flows. Gives the offset after it. */
  #readXmlItem(at: number, end: number): number {
    const bytes = this.#bytes;
    if (startsWithAt(bytes, at, end, '<flow')) {
      const nextFlow = indexOfText(bytes, '<flow', at + 1, end);
      const limit = nextFlow < 0 ? end : nextFlow;
      const close = indexOfText(bytes, '</flow>', at, limit);
      const flowEnd = close < 0 ? limit : close + '</flow>'.length;
      const isEntry = close >= 0 && readXmlEntry(bytes, at, flowEnd, this.#reading);
      const unclosed = { start: at, end: flowEnd, expected: '</flow> after <flow>' };
      if (isEntry) this.#add(at, flowEnd);
      else this.#report('error', close < 0 ? unclosed : this.#draft.refusal);
      return flowEnd;
    }
    const isAround = ['<?xml', '<conntrack>', '</conntrack>'].some((tag) =>
      startsWithAt(bytes, at, end, tag),
    );
    const close = isAround ? indexOfByte(bytes, GREATER, at, end) : -1;
    if (close >= 0) return close + 1;
    const lineEnd = Math.min(lineEndAt(bytes, at), end);
    this.#report('error', { start: at, end: lineEnd, expected: 'a <flow> or an entry' });
    return lineEnd;
  }

  /** Adds the entry of the draft, which begins on the scanner's line. */
  #add(start: number, end: number): void {
    if (this.#draft.oddity !== null) this.#report('hint', this.#draft.oddity);
    if (this.#draft.doubt !== null) this.#report('warning', this.#draft.doubt);
    this.columns.add(this.#draft, start, end, this.lines.line);
  }

  #report(severity: Severity, complaint: Complaint | null): void {
    if (complaint === null) return;
    const { line, start: lineStart } = this.lines;
    this.diagnostics.add({ severity, line, lineStart, ...complaint });
  }
}
