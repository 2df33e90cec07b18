import {
  BLANK,
  type Diagnostic,
  DiagnosticList,
  decodeText,
  isOversizedLine,
  LineScanner,
  type Severity,
  type SourceOrigin,
  skipBlanks,
  toBytes,
  trimEnd,
} from '@tuplescope/scan';
import { type CaptureRun, MAX_NAMES, noteOtherPacket, startRun } from './capture-run.ts';
import { MAX_CONNECTIONS } from './connection-memory.ts';
import { type Cursor, indexOfText } from './cursor.ts';
import { MISPLACED, NO_HEX } from './hex-dump.ts';
import { takeLinkHeader } from './link-header.ts';
import { classifyLine } from './other-lines.ts';
import { NO_STAMP, newDraft, type PacketDraft, resetDraft } from './packet-draft.ts';
import { CUT, DAMAGED, HEADER, OTHER, SEGMENT, TCP, takePacket } from './packet-line.ts';
import { startsUnstamped, startsWithPacket } from './packet-start.ts';
import { startsPayload } from './payload-text.ts';
import { placeNumbers } from './sequence-numbers.ts';
import { newStamp, type Stamp, takeStamp } from './stamp.ts';
import { TcpdumpColumns } from './tcpdump-columns.ts';
import { TcpdumpTable } from './tcpdump-table.ts';

/** Parses whole lines; what later blocks need to know is kept in the run. */
export function parseBlock(bytes: Uint8Array, origin: SourceOrigin, run: CaptureRun): TcpdumpTable {
  return new BlockReader(bytes, origin, run).read();
}

class BlockReader {
  readonly #bytes: Uint8Array;
  readonly #origin: SourceOrigin;
  readonly #run: CaptureRun;
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

  constructor(bytes: Uint8Array, origin: SourceOrigin, run: CaptureRun) {
    this.#bytes = bytes;
    this.#origin = origin;
    this.#run = run;
    this.#lines = new LineScanner(bytes);
    this.#diagnostics = new DiagnosticList(bytes, origin);
    this.#rows = new TcpdumpColumns(bytes.length);
    this.#cursor = { bytes, at: 0, end: 0 };
    this.#listenOn(run.interfaceName);
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
    else if (takeStamp(cursor, this.#stamp, this.#run.utcOffsetHours)) this.#readStamped();
    else if (!this.#awaitsBody || !this.#readBody()) this.#readUnstamped();
  }

  /** A line that begins with a number or a time: a packet, of whatever protocol. */
  #readStamped(): void {
    const run = this.#run;
    const { number, clock, seconds } = this.#stamp;
    this.#missBody();
    run.packets = number >= 0 ? number : run.packets + 1;
    run.clock = clock;
    run.seconds = seconds;
    this.#readPacket();
  }

  /** A packet from after the stamp on. */
  #readPacket(): void {
    const { line, start } = this.#lines;
    const run = this.#run;
    const cursor = this.#cursor;
    const draft = this.#draft;
    resetDraft(draft);
    this.#line = line;
    this.#start = skipBlanks(this.#bytes, start, cursor.end);
    draft.number = run.packets;
    draft.clock = run.clock;
    draft.seconds = run.seconds;
    run.isInPayload = false;
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
    const run = this.#run;
    const draft = this.#draft;
    this.#awaitsBody = outcome === HEADER;
    run.below = outcome === SEGMENT ? 'segment' : 'other packet';
    if (outcome === HEADER) this.#headerEnd = this.#cursor.end;
    else if (outcome === SEGMENT) this.#addSegment();
    else if (outcome === DAMAGED) this.#say('error', draft.wanted, draft.wantedAt);
    else if (outcome === CUT)
      this.#say('warning', 'a TCP header with its flags', this.#cursor.at - 6);
    else noteOtherPacket(run, () => this.#otherPacket());
  }

  #addSegment(): void {
    const run = this.#run;
    const draft = this.#draft;
    const { names } = this.#rows;
    if (!draft.quiet) placeNumbers(draft, this.#bytes, run);
    const { interfaceStart, interfaceEnd } = draft;
    const interfaceId =
      interfaceEnd > interfaceStart
        ? names.intern(this.#bytes, interfaceStart, interfaceEnd) + 1
        : this.#interfaceId;
    this.#rows.add(draft, this.#bytes, interfaceId);
    this.#rows.place(
      this.#origin.line + this.#line - 1,
      this.#origin.offset + this.#start,
      this.#cursor.end - this.#start,
    );
    if (draft.sportEnd > draft.sportStart && draft.sport === 0) {
      this.#checkName(draft.sportStart, draft.sportEnd);
    }
    if (draft.dportEnd > draft.dportStart && draft.dport === 0) {
      this.#checkName(draft.dportStart, draft.dportEnd);
    }
    if (!run.memory.hasForgotten || run.hasSaidForgotten) return;
    run.hasSaidForgotten = true;
    const most = MAX_CONNECTIONS * 2;
    this.#say(
      'warning',
      `at most ${most} connections to remember the first numbers of`,
      this.#start,
    );
  }

  /** A service name that is not known leaves the port at 0; it is said once a name. */
  #checkName(start: number, end: number): void {
    const { unknownNames } = this.#run;
    const name = decodeText(this.#bytes, start, end);
    if (unknownNames.has(name) || unknownNames.size >= MAX_NAMES) return;
    unknownNames.add(name);
    this.#say('warning', 'a port number (tcpdump -n) or a service name that is known', start, end);
  }

  /** A line without stamp that is no second line of a packet. */
  #readUnstamped(): void {
    const run = this.#run;
    const bytes = this.#bytes;
    const { start } = this.#lines;
    const { end } = this.#cursor;
    const isIndented = bytes[start] === BLANK;
    if (run.isInPayload && run.clock !== NO_STAMP) return;
    if (isIndented && run.below === 'other packet') return;
    if (!isIndented && startsUnstamped(bytes, start, end)) this.#readBare();
    else if (run.isInPayload) return;
    else if (run.below !== 'nothing' && startsPayload(bytes, start, end)) this.#readPayload();
    else if (indexOfText(bytes, ': Flags [', start, end) >= 0) this.#readBare();
    else this.#readOther();
  }

  /** A packet without stamp: all are with -t, one is inside the tunnel that the line before shows. */
  #readBare(): void {
    const run = this.#run;
    const isInner = run.below === 'other packet' && run.clock !== NO_STAMP;
    this.#missBody();
    if (!isInner) {
      run.packets++;
      run.clock = NO_STAMP;
    }
    this.#cursor.at = skipBlanks(this.#bytes, this.#lines.start, this.#cursor.end);
    this.#readPacket();
  }

  #readPayload(): void {
    const run = this.#run;
    run.isInPayload = true;
    if (run.hasSaidPayload) return;
    run.hasSaidPayload = true;
    this.#say('hint', 'packets without their text (tcpdump -A)', this.#lines.start);
  }

  /** A line that shows no packet. */
  #readOther(): void {
    const { start } = this.#lines;
    const other = classifyLine(this.#bytes, start, this.#cursor.end);
    if (other === null) this.#say('error', 'a packet as tcpdump prints it', start);
    else if (other.severity !== null) this.#say(other.severity, other.expected, start);
    if (!other?.startsRun) return;
    this.#missBody();
    startRun(this.#run, other.interfaceName);
    this.#listenOn(other.interfaceName);
  }

  /** A line that begins with a tab: the hex dump, or what tcpdump tells of the payload. */
  #readBelow(): void {
    const run = this.#run;
    const cursor = this.#cursor;
    const start = skipBlanks(this.#bytes, cursor.at, cursor.end);
    cursor.at = start;
    if (run.below === 'other packet') {
      if (startsWithPacket(cursor)) this.#readBare();
      return;
    }
    if (run.below === 'nothing' || this.#rows.length === 0) {
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
    if (this.#draft.protocol !== TCP) {
      noteOtherPacket(this.#run, () => this.#otherPacket());
      return;
    }
    const place = { line: this.#line, lineStart: this.#start, start: this.#start };
    const expected = 'a TCP header below the IP header';
    this.#diagnostics.add({ severity: 'error', ...place, end: this.#headerEnd, expected });
  }

  #listenOn(name: string): void {
    const bytes = toBytes(name);
    this.#interfaceId = name === '' ? 0 : this.#rows.names.intern(bytes, 0, bytes.length) + 1;
  }

  #otherPacket(): Diagnostic | null {
    const list = new DiagnosticList(this.#bytes, this.#origin);
    const { start } = this.#lines;
    const expected = 'TCP packets only';
    list.add({
      severity: 'hint',
      line: this.#lines.line,
      lineStart: start,
      start,
      end: this.#cursor.end,
      expected,
    });
    return list.all()[0] ?? null;
  }

  #say(severity: Severity, expected: string, start: number, end: number = this.#cursor.end): void {
    const { line, start: lineStart } = this.#lines;
    this.#diagnostics.add({ severity, line, lineStart, start, end, expected });
  }
}
