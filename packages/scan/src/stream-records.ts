import { CARRIAGE_RETURN, LINE_FEED } from './bytes.ts';
import type { Diagnostic } from './diagnostic.ts';
import { MAX_LINE_BYTES } from './line-scanner.ts';
import type { SourceOrigin } from './source-span.ts';
import type { Table } from './table.ts';

/** Text is parsed in blocks of about this size: large enough for speed, small enough for memory. */
const BLOCK_BYTES = 1 << 20;

/** A record, or a document in one piece (JSON), may be this long and no longer. */
export const MAX_RECORD_BYTES: number = 64 << 20;

/** What the caller of a streaming parser can ask for. */
export interface StreamOptions {
  /**
   * Is told each diagnostic, in the order of the input. The limit of a whole input's diagnostics
   * holds for each block of about 1 MiB instead.
   */
  readonly onDiagnostic?: (diagnostic: Diagnostic) => void;
}

/** How a parser takes an input block by block. */
export interface BlockParser<Row> {
  /** Parses whole lines; what it must remember from block to block (a header) it keeps itself. */
  parse(block: Uint8Array, origin: SourceOrigin): Table<Row>;
  /**
   * Says whether a line, without its line ending, begins a record: only before such a line is the
   * input cut.
   */
  startsRecord(bytes: Uint8Array, start: number, end: number): boolean;
  /** Says from its first bytes that the input is one document (JSON), to be parsed in one piece. */
  isDocument?(bytes: Uint8Array): boolean;
  /** Gives what is to be said of the whole input at its end, or null. */
  closing?(): Diagnostic | null;
}

/**
 * Parses chunks of any size as they come and gives the records one by one: memory holds about
 * 1 MiB of text and its table, whatever the input's length. The records are those of the whole
 * input parsed at once. Of a line over {@link MAX_LINE_BYTES} the parser sees, and reports, the
 * beginning; the rest is passed over.
 *
 * @example
 * for await (const row of streamRecords(chunks, blockParser)) …
 */
export async function* streamRecords<Row>(
  chunks: AsyncIterable<Uint8Array>,
  parser: BlockParser<Row>,
  options: StreamOptions = {},
): AsyncGenerator<Row, void, undefined> {
  const pending = new PendingText();
  let isDocument: boolean | null = null;
  let skipsLine = false;
  for await (const chunk of chunks) {
    // A chunk may be a whole file; block-sized pieces keep the memory's bound.
    for (let at = 0; at < chunk.length; at += BLOCK_BYTES) {
      let piece = chunk.subarray(at, at + BLOCK_BYTES);
      if (skipsLine) {
        const lineFeed = piece.indexOf(LINE_FEED);
        pending.pass(lineFeed < 0 ? piece : piece.subarray(0, lineFeed + 1));
        if (lineFeed < 0) continue;
        skipsLine = false;
        piece = piece.subarray(lineFeed + 1);
      }
      pending.append(piece);
      if (pending.length < pending.wanted) continue;
      isDocument ??= parser.isDocument?.(pending.bytes()) ?? false;
      const lastLine = pending.bytes().lastIndexOf(LINE_FEED) + 1;
      if (!isDocument && pending.length - lastLine > MAX_LINE_BYTES) {
        if (lastLine > 0) yield* parseBlock(pending, lastLine, parser, options);
        yield* parseBlock(pending, pending.length, parser, options);
        skipsLine = true;
        continue;
      }
      const cut = isDocument ? 0 : lastRecordStart(pending.bytes(), parser);
      if (cut > 0) yield* parseBlock(pending, cut, parser, options);
      else if (pending.length < MAX_RECORD_BYTES) pending.wanted = pending.length * 2;
      else yield* parseBlock(pending, lastLine || pending.length, parser, options);
    }
  }
  if (pending.length > 0) yield* parseBlock(pending, pending.length, parser, options);
  const closing = parser.closing?.() ?? null;
  if (closing !== null) options.onDiagnostic?.(closing);
}

function* parseBlock<Row>(
  pending: PendingText,
  length: number,
  parser: BlockParser<Row>,
  options: StreamOptions,
): Generator<Row, void, undefined> {
  const origin = pending.origin;
  const table = parser.parse(pending.take(length), origin);
  for (const diagnostic of table.diagnostics) options.onDiagnostic?.(diagnostic);
  yield* table;
}

/** Gives the offset of the last line that begins a record, or 0 where only the first does. */
function lastRecordStart<Row>(bytes: Uint8Array, parser: BlockParser<Row>): number {
  // The last line may be half a line, so the search begins with the line before it.
  let lineEnd = bytes.lastIndexOf(LINE_FEED);
  while (lineEnd > 0) {
    const lineStart = bytes.lastIndexOf(LINE_FEED, lineEnd - 1) + 1;
    const textEnd = bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
    if (lineStart > 0 && parser.startsRecord(bytes, lineStart, textEnd)) return lineStart;
    lineEnd = lineStart - 1;
  }
  return 0;
}

/** The bytes that wait for the rest of their record, and where they stand in the whole input. */
class PendingText {
  /** How many bytes to wait for before looking for a cut. */
  wanted = BLOCK_BYTES;
  #bytes = new Uint8Array(BLOCK_BYTES * 2);
  #length = 0;
  #line = 1;
  #offset = 0;

  get length(): number {
    return this.#length;
  }

  get origin(): SourceOrigin {
    return { line: this.#line, offset: this.#offset };
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  append(chunk: Uint8Array): void {
    const needed = this.#length + chunk.length;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(chunk, this.#length);
    this.#length = needed;
  }

  /** Takes the first bytes out; what is left moves to the front. */
  take(length: number): Uint8Array {
    const taken = this.#bytes.slice(0, length);
    this.pass(taken);
    this.#bytes.copyWithin(0, length, this.#length);
    this.#length -= length;
    this.wanted = BLOCK_BYTES;
    return taken;
  }

  /** Counts bytes that lie before what waits. */
  pass(bytes: Uint8Array): void {
    this.#offset += bytes.length;
    for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) {
      this.#line++;
    }
  }
}
