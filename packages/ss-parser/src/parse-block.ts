import {
  BLANK,
  DiagnosticList,
  estimateLines,
  isOversizedLine,
  LINE_FEED,
  LineScanner,
  type Severity,
  type SourceOrigin,
  skipBlanks,
  TAB,
  trimEnd,
} from '@tuplescope/scan';
import { readForeignRow } from './foreign-row.ts';
import type { SsContext } from './parse-context.ts';
import { lineStartAt, settleRow } from './settle-row.ts';
import { SocketColumns } from './socket-columns.ts';
import { SsRowReader } from './ss-row.ts';
import { SsTable } from './ss-table.ts';
import { mayBeSurrounding, surroundingOf } from './surroundings.ts';
import {
  concat,
  join,
  MAX_LINES,
  MAX_WRAPPED_BYTES,
  measure,
  type Wrapped,
} from './wrapped-line.ts';

/** Parses whole lines: the one way that `parseSs` and `streamSs` share. */
export function parseBlock(bytes: Uint8Array, origin: SourceOrigin, context: SsContext): SsTable {
  return new BlockReader(bytes, origin, context).read();
}

/** What may become a row, and what it lacks. */
interface Head {
  readonly line: number;
  /** Offset of its first byte. */
  readonly rowStart: number;
  /** Where reading stopped, and what should have stood there. */
  readonly start: number;
  readonly end: number;
  readonly expected: string;
}

/**
 * Reads the lines of a block. A socket is a line that begins one and the lines below that do not:
 * details behind a tab, or the rest of a line that a terminal or a mail has wrapped.
 */
class BlockReader {
  readonly #bytes: Uint8Array;
  readonly #origin: SourceOrigin;
  readonly #context: SsContext;
  readonly #lines: LineScanner;
  readonly #diagnostics: DiagnosticList;
  readonly #sockets: SocketColumns;
  readonly #row: SsRowReader;
  /** The last row can take lines: nothing else came between. */
  #isOpen = false;
  /** The last row has something to say, said when it takes no more lines. */
  #isDoubtful = false;
  #annotatedAt = -1;
  /** The last row put together from its lines, or what may become a row. */
  #wrapped: Wrapped | null = null;
  /** For as long as it is none. */
  #head: Head | null = null;
  /** The line above ended without a blank, and none before was longer. */
  #isFull = false;
  /** The same of the line itself. */
  #lineIsFull = false;
  #isInHeader = false;

  constructor(bytes: Uint8Array, origin: SourceOrigin, context: SsContext) {
    this.#bytes = bytes;
    this.#origin = origin;
    this.#context = context;
    this.#lines = new LineScanner(bytes);
    this.#diagnostics = new DiagnosticList(bytes, origin);
    this.#sockets = new SocketColumns(estimateLines(bytes));
    this.#row = new SsRowReader(this.#sockets);
    this.#row.isNetstat = context.isNetstat;
  }

  read(): SsTable {
    const bytes = this.#bytes;
    const lines = this.#lines;
    while (lines.next()) {
      const { start } = lines;
      if (isOversizedLine(lines, this.#diagnostics)) {
        this.#close();
        continue;
      }
      const end = trimEnd(bytes, start, lines.end);
      const first = bytes[start];
      const length = lines.end - start;
      const isFull = end === lines.end && length >= this.#context.longestLine;
      this.#lineIsFull = isFull;
      if (end === start) {
        // A line of blanks is what `ss -i` prints of a socket that it knows nothing of.
        if (lines.end === start) this.#endListing();
        continue;
      }
      if (first === TAB || first === BLANK) this.#readIndented(start, end);
      else if (this.#row.read(bytes, start, end)) this.#readSocket(start, end);
      else this.#readOther(start, end);
      this.#isFull = isFull;
      if (length > this.#context.longestLine) this.#context.longestLine = length;
    }
    this.#close();
    this.#sockets.trim();
    return new SsTable(bytes, this.#origin, this.#sockets, this.#diagnostics.all());
  }

  /** A line that is a socket by itself, unless it completes the columns in the line above. */
  #readSocket(start: number, end: number): void {
    if (this.#head !== null) {
      if (this.#continue(start, end)) return;
      this.#row.read(this.#bytes, start, end);
    }
    this.#add(start, end);
  }

  /** The line that was just read is a socket of its own. */
  #add(start: number, end: number): void {
    const { isDoubtful, annotatedAt } = this.#row;
    if (this.#isDoubtful || this.#wrapped !== null) this.#close();
    this.#push(start, end, this.#lines.line);
    this.#isDoubtful = isDoubtful || annotatedAt >= 0;
    this.#annotatedAt = annotatedAt;
  }

  #push(start: number, end: number, line: number): void {
    const { arrays, length } = this.#sockets;
    arrays.start[length] = start;
    arrays.end[length] = end;
    arrays.line[length] = line;
    this.#sockets.length = length + 1;
    this.#isOpen = true;
    this.#isInHeader = false;
  }

  /** An indented line: details of the socket above, or a socket that somebody indented. */
  #readIndented(start: number, end: number): void {
    const bytes = this.#bytes;
    const first = skipBlanks(bytes, start, end);
    if (this.#row.read(bytes, first, end)) {
      this.#add(first, end);
      return;
    }
    const { isCut } = this.#row;
    if (this.#readForeign(first, end)) return;
    if (this.#head !== null) {
      if (this.#continue(start, end)) return;
    } else if (this.#isOpen && !isCut && !mayBeSurrounding(bytes, first, end)) {
      this.#addDetails(start, end);
      return;
    }
    this.#readOther(first, end);
  }

  /** The last row goes on here. */
  #addDetails(start: number, end: number): void {
    const row = this.#sockets.length - 1;
    this.#sockets.arrays.end[row] = end;
    // Behind a tab stand the details of -i and -m. Behind blanks it may be the rest of a line.
    if (this.#bytes[start] === BLANK) this.#isDoubtful = true;
    if (this.#wrapped === null) return;
    const text = concat(this.#wrapped.text, LINE_FEED, this.#bytes.subarray(start, end));
    const lines = this.#wrapped.lines + 1;
    this.#wrapped = { ...this.#wrapped, text, lines };
    this.#sockets.rejoined.set(row, text);
    if (lines >= MAX_LINES || text.length > MAX_WRAPPED_BYTES) this.#isOpen = false;
  }

  /** A line of netstat or of the kernel's own listing. */
  #readForeign(start: number, end: number): boolean {
    if (!readForeignRow(this.#bytes, start, end, this.#sockets)) return false;
    this.#row.isDoubtful = false;
    this.#row.annotatedAt = -1;
    this.#add(start, end);
    this.#isOpen = false;
    return true;
  }

  /** A line that is no socket of `ss` by itself; the row reader says where it stopped. */
  #readOther(start: number, end: number): void {
    const bytes = this.#bytes;
    const { failedAt, failedEnd, expected, isCut } = this.#row;
    if (this.#readForeign(start, end)) return;
    if (this.#readSurrounding(start, end) || this.#continue(start, end)) return;
    this.#close();
    const { line } = this.#lines;
    const what = failedAt === start ? 'a socket' : expected;
    if (isCut && end - start < MAX_WRAPPED_BYTES) {
      this.#head = { line, rowStart: start, start: failedAt, end: failedEnd, expected: what };
      this.#wrapped = { text: bytes.slice(start, end), lines: 1, isWhole: false, strangeness: 0 };
    } else this.#say('error', line, failedAt, failedEnd, what);
  }

  #readSurrounding(start: number, end: number): boolean {
    const surrounding = surroundingOf(this.#bytes, start, end, this.#isInHeader);
    if (surrounding === null) return false;
    const wasInHeader = this.#isInHeader;
    this.#endListing();
    const { line } = this.#lines;
    if (surrounding === 'around') {
      const isRow = this.#isCommentedRow(start, end);
      const expected = isRow ? 'a live socket, not one that is commented out' : 'a socket';
      this.#say('hint', line, start, end, expected);
      return true;
    }
    this.#context.hasHeader = true;
    this.#isInHeader = surrounding === 'ss-header';
    this.#context.isNetstat = surrounding === 'netstat-header';
    this.#row.isNetstat = this.#context.isNetstat;
    if (wasInHeader && this.#isInHeader)
      this.#say('hint', line, start, end, 'a header on one line');
    return true;
  }

  /** `#tcp CLOSE-WAIT …`: somebody took the socket out. */
  #isCommentedRow(start: number, end: number): boolean {
    let at = start;
    while (at < end && this.#bytes[at] === 0x23) at++;
    return at > start && this.#row.read(this.#bytes, at, end);
  }

  /** Takes a line for the rest of the one above, if that makes a socket. */
  #continue(start: number, end: number): boolean {
    const above = this.#wrapped ?? this.#lastRow();
    if (above === null) return false;
    const line = this.#bytes.subarray(start, end);
    const joined = join(above, line, this.#isFull, this.#lineIsFull, this.#row, this.#sockets);
    if (joined === null) return false;
    const sockets = this.#sockets;
    this.#wrapped = joined;
    if (!joined.isWhole) return true;
    // The row is read again: into its own place, or as the next.
    if (this.#head === null) sockets.length--;
    const row = sockets.length;
    const at = this.#head?.rowStart ?? (sockets.arrays.start[row] as number);
    const number = this.#head?.line ?? (sockets.arrays.line[row] as number);
    measure(joined.text, joined.lines, false, this.#row, sockets);
    this.#head = null;
    this.#push(at, end, number);
    sockets.rejoined.set(row, joined.text);
    this.#isDoubtful = true;
    this.#annotatedAt = -1;
    return true;
  }

  /** The last row as it stands in the input, where it can take lines. */
  #lastRow(): Wrapped | null {
    if (!this.#isOpen) return null;
    const sockets = this.#sockets;
    const row = sockets.length - 1;
    const start = sockets.arrays.start[row] as number;
    const end = sockets.arrays.end[row] as number;
    if (end - start > MAX_WRAPPED_BYTES) return null;
    return measure(this.#bytes.slice(start, end), 1, this.#isFull, this.#row, sockets);
  }

  /** Something that is no socket ends the listing; lines below it may be of another width. */
  #endListing(): void {
    this.#close();
    this.#isInHeader = false;
    this.#context.longestLine = 0;
  }

  /** The last row takes no more lines: says what is to say of it. */
  #close(): void {
    const head = this.#head;
    if (head !== null) this.#say('error', head.line, head.start, head.end, head.expected);
    else if (this.#isDoubtful) {
      const row = this.#sockets.length - 1;
      settleRow(this.#bytes, this.#sockets, row, this.#annotatedAt, this.#diagnostics);
    }
    this.#head = null;
    this.#wrapped = null;
    this.#isOpen = false;
    this.#isDoubtful = false;
  }

  #say(severity: Severity, line: number, start: number, end: number, expected: string): void {
    const lineStart = lineStartAt(this.#bytes, start);
    this.#diagnostics.add({ severity, line, lineStart, start, end, expected });
  }
}
