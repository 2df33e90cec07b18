import {
  DiagnosticList,
  type DiagnosticPlace,
  indexOfText,
  isOversizedLine,
  LineScanner,
  type Severity,
  type SourceOrigin,
  skipBlanks,
  toBytes,
  trimEnd,
} from '@tuplescope/scan';
import { addSegment } from './add-segment.ts';
import { type Cursor, newCursor } from './cursor.ts';
import { MISPLACED, NO_HEX } from './hex-dump.ts';
import { takeLinkHeader } from './link-header.ts';
import { NO_STAMP, newDraft, type PacketDraft, resetDraft } from './packet-draft.ts';
import { CUT, DAMAGED, HEADER, OTHER, SEGMENT, TCP, takePacket } from './packet-line.ts';
import { startsUnstamped, startsWithPacket } from './packet-start.ts';
import { startRun, type TcpdumpContext } from './parse-context.ts';
import { startsPayload } from './payload-text.ts';
import { segmentWarnings } from './segment-warnings.ts';
import { placeNumbers } from './sequence-numbers.ts';
import { newStamp, type Stamp, takeStamp } from './stamp.ts';
import { startsMessage, surroundingOf } from './surroundings.ts';
import { TcpdumpColumns } from './tcpdump-columns.ts';
import { TcpdumpTable } from './tcpdump-table.ts';

/** Parses whole lines; what later blocks need to know is left in the context. */
export function parseBlock(
  bytes: Uint8Array,
  origin: SourceOrigin,
  context: TcpdumpContext,
): TcpdumpTable {
  return new BlockReader(bytes, origin, context).read();
}

class BlockReader {
  readonly #bytes: Uint8Array;
  readonly #origin: SourceOrigin;
  readonly #context: TcpdumpContext;
  readonly #lines: LineScanner;
  readonly #diagnostics: DiagnosticList;
  readonly #rows: TcpdumpColumns;
  readonly #cursor: Cursor;
  readonly #stamp: Stamp = newStamp();
  readonly #draft: PacketDraft = newDraft();
  /** The IP header of the draft was read, its TCP line is awaited. */
  #awaitsBody = false;
  /** Line and offsets of the packet's first line. */
  #line = 0;
  #start = 0;
  #headerEnd = 0;
  /** The interface that tcpdump listens on, as a name's number + 1, or 0. */
  #interfaceId = 0;

  constructor(bytes: Uint8Array, origin: SourceOrigin, context: TcpdumpContext) {
    this.#bytes = bytes;
    this.#origin = origin;
    this.#context = context;
    this.#lines = new LineScanner(bytes);
    this.#diagnostics = new DiagnosticList(bytes, origin);
    this.#rows = new TcpdumpColumns(bytes.length);
    this.#cursor = newCursor(bytes, 0, 0);
    this.#listenOn(context.interfaceName);
  }

  read(): TcpdumpTable {
    const lines = this.#lines;
    while (lines.next()) {
      if (isOversizedLine(lines, this.#diagnostics)) this.#missBody();
      else if (lines.end > lines.start) this.#readLine();
    }
    this.#missBody();
    this.#rows.trim();
    return new TcpdumpTable(this.#rows, this.#diagnostics.all());
  }

  #readLine(): void {
    const { start } = this.#lines;
    const cursor = this.#cursor;
    cursor.at = start;
    cursor.end = trimEnd(this.#bytes, start, this.#lines.end);
    if (this.#bytes[start] === 0x09 /* tab */) this.#readBelow();
    else if (cursor.end === start) return;
    else if (takeStamp(cursor, this.#stamp, this.#context.utcOffsetHours)) this.#readStamped();
    else if (!this.#awaitsBody || !this.#readBody()) this.#readUnstamped();
  }

  /** A line that begins with a number or a time: a packet, of whatever protocol. */
  #readStamped(): void {
    const context = this.#context;
    const { number, clock, seconds } = this.#stamp;
    this.#missBody();
    context.packets = number >= 0 ? number : context.packets + 1;
    context.isStamped = true;
    context.clock = clock;
    context.seconds = seconds;
    this.#readPacket();
  }

  /** A packet from after the stamp on. */
  #readPacket(): void {
    const { line, start } = this.#lines;
    const context = this.#context;
    const cursor = this.#cursor;
    const draft = this.#draft;
    resetDraft(draft);
    this.#line = line;
    this.#start = skipBlanks(this.#bytes, start, cursor.end);
    draft.number = context.packets;
    draft.clock = context.clock;
    draft.seconds = context.seconds;
    context.isInPayload = false;
    if (!startsWithPacket(cursor)) takeLinkHeader(cursor, draft);
    this.#finish(takePacket(cursor, draft));
  }

  /** The line below an IP header of -v; false where it is none. */
  #readBody(): boolean {
    const cursor = this.#cursor;
    cursor.at = skipBlanks(this.#bytes, this.#lines.start, cursor.end);
    const indent = cursor.at - this.#lines.start;
    const outcome = takePacket(cursor, this.#draft);
    if (outcome >= OTHER && outcome !== CUT && this.#draft.dstEnd === 0) return false;
    if (indent === 0) this.#say('hint', 'four blanks before the TCP header', this.#lines.start);
    this.#finish(outcome);
    return true;
  }

  /** What was read of a packet decides what becomes of it, and of the lines below. */
  #finish(outcome: number): void {
    const context = this.#context;
    const draft = this.#draft;
    this.#awaitsBody = outcome === HEADER;
    context.below = outcome === SEGMENT ? 'segment' : 'other packet';
    if (outcome === HEADER) this.#headerEnd = this.#cursor.end;
    else if (outcome === SEGMENT) this.#addSegment();
    else if (outcome === DAMAGED) this.#say('error', draft.wanted, draft.wantedAt);
    else if (outcome === CUT)
      this.#say('warning', 'a TCP header with its flags', this.#cursor.at - 6);
    else context.others.add(this.#bytes, this.#origin, this.#place(this.#start));
  }

  #addSegment(): void {
    const context = this.#context;
    const draft = this.#draft;
    const { names } = this.#rows;
    if (!draft.quiet) placeNumbers(draft, this.#bytes, context);
    const { interfaceStart, interfaceEnd } = draft;
    const interfaceId =
      interfaceEnd > interfaceStart
        ? names.intern(this.#bytes, interfaceStart, interfaceEnd) + 1
        : this.#interfaceId;
    addSegment(this.#rows, draft, this.#bytes, interfaceId);
    this.#rows.place(
      this.#origin.line + this.#line - 1,
      this.#origin.offset + this.#start,
      this.#cursor.end - this.#start,
    );
    for (const { expected, start, end } of segmentWarnings(draft, this.#bytes, context)) {
      this.#say('warning', expected, start, end);
    }
  }

  /** A line without stamp that is no second line of a packet. */
  #readUnstamped(): void {
    const context = this.#context;
    const bytes = this.#bytes;
    const { start } = this.#lines;
    const { end } = this.#cursor;
    const first = skipBlanks(bytes, start, end);
    if (context.isInPayload && context.isStamped && !startsMessage(this.#cursor)) return;
    if (startsUnstamped(bytes, first, end))
      this.#readBare(context.below === 'other packet' && context.isStamped);
    else if (first > start && context.below === 'other packet') return;
    else if (context.isInPayload && !startsMessage(this.#cursor)) return;
    else if (this.#isPayload()) this.#readPayload();
    else if (indexOfText(bytes, ': Flags [', start, end) >= 0) this.#readBare(false);
    else this.#readOther();
  }

  /** A packet without stamp: all are with -t, one is inside the tunnel that the line before shows. */
  #readBare(isInner: boolean): void {
    const context = this.#context;
    this.#missBody();
    if (!isInner) {
      context.packets++;
      context.clock = NO_STAMP;
      context.isStamped = false;
    }
    this.#cursor.at = skipBlanks(this.#bytes, this.#lines.start, this.#cursor.end);
    this.#readPacket();
  }

  /** Below a packet's line: its bytes as text, of which the first packet of -A tells the rest. */
  #isPayload(): boolean {
    const context = this.#context;
    const cursor = this.#cursor;
    if (context.below === 'nothing' || startsMessage(cursor)) return false;
    return context.printsPayload || startsPayload(this.#bytes, this.#lines.start, cursor.end);
  }

  #readPayload(): void {
    const context = this.#context;
    context.isInPayload = true;
    if (context.printsPayload) return;
    context.printsPayload = true;
    this.#say('hint', 'packets without their text (tcpdump -A)', this.#lines.start);
  }

  /** A line that shows no packet. */
  #readOther(): void {
    const { start } = this.#lines;
    const found = surroundingOf(this.#bytes, start, this.#cursor.end);
    if (found === null) this.#say('error', 'a packet as tcpdump prints it', start);
    else if (found.severity !== null) this.#say(found.severity, found.expected, start);
    if (!found?.startsRun) return;
    this.#missBody();
    startRun(this.#context, found.interfaceName);
    this.#listenOn(found.interfaceName);
  }

  /** A line that begins with a tab: the hex dump, or what tcpdump tells of the payload. */
  #readBelow(): void {
    const context = this.#context;
    const cursor = this.#cursor;
    const start = skipBlanks(this.#bytes, cursor.at, cursor.end);
    if (context.isInPayload) return;
    cursor.at = start;
    if (context.below === 'other packet') {
      if (startsWithPacket(cursor)) this.#readBare(true);
      return;
    }
    if (context.below === 'nothing' || this.#rows.length === 0) {
      if (start < cursor.end) this.#say('error', 'a packet above this line', start);
      return;
    }
    const added = this.#rows.addHexLine(cursor);
    if (added === MISPLACED) this.#say('error', 'the next line of the hex dump', start);
    if (start === cursor.end) return;
    if (added === NO_HEX) this.#rows.addPayloadLine(this.#bytes, start, cursor.end);
    this.#rows.extend(this.#origin.offset + cursor.end);
  }

  /** Says so where an IP header was read whose TCP header never came. */
  #missBody(): void {
    if (!this.#awaitsBody) return;
    this.#awaitsBody = false;
    const place = {
      line: this.#line,
      lineStart: this.#start,
      start: this.#start,
      end: this.#headerEnd,
    };
    if (this.#draft.protocol !== TCP) {
      this.#context.others.add(this.#bytes, this.#origin, place);
      return;
    }
    const expected = 'a TCP header below the IP header';
    this.#diagnostics.add({ severity: 'error', ...place, expected });
  }

  #listenOn(name: string): void {
    const bytes = toBytes(name);
    this.#interfaceId = name === '' ? 0 : this.#rows.names.intern(bytes, 0, bytes.length) + 1;
  }

  #say(severity: Severity, expected: string, start: number, end?: number): void {
    this.#diagnostics.add({ severity, expected, ...this.#place(start, end) });
  }

  /** A range of the line that is being read. */
  #place(start: number, end: number = this.#cursor.end): Range {
    const { line, start: lineStart } = this.#lines;
    return { line, lineStart, start: Math.max(start, lineStart), end };
  }
}

type Range = Omit<DiagnosticPlace, 'severity' | 'expected'>;
