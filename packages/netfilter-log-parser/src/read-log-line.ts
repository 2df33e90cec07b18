import { type LineScanner, lineEndAt, type SourceOrigin, trimEnd } from '@tuplescope/scan';
import { conntrackTagEnd } from './conntrack-tag.ts';
import { isContinuation } from './continuation.ts';
import type { FieldCursor } from './field-cursor.ts';
import type { DevicePlace } from './find-devices.ts';
import type { LineStamp } from './line-stamp.ts';
import { CUT, LogPacket, TRUNCATED } from './log-packet.ts';
import { LineTexts, type LogRows } from './log-rows.ts';
import { missingField } from './missing-field.ts';
import { readPacket } from './read-packet.ts';

/** A line broken by a mail program has few pieces. */
const MOST_LINES = 12;
/** EtherTypes whose packets have `SRC=` and `DST=`. */
const IP_TYPES = ['08:00', '86:dd'];

/** Reads LOG lines of one block into rows. */
export class LogLineReader {
  readonly #bytes: Uint8Array;
  readonly #origin: SourceOrigin;
  readonly #rows: LogRows;
  readonly #cursor: FieldCursor;
  readonly #packet: LogPacket = new LogPacket();
  readonly #texts: LineTexts = new LineTexts();

  constructor(bytes: Uint8Array, origin: SourceOrigin, rows: LogRows, cursor: FieldCursor) {
    this.#bytes = bytes;
    this.#origin = origin;
    this.#rows = rows;
    this.#cursor = cursor;
  }

  /**
   * Reads the line that the scanner stands on, whose message begins at `message` and whose fields
   * are where `devices` says. The scanner moves on over lines that continue it.
   */
  read(lines: LineScanner, message: number, devices: DevicePlace, stamp: LineStamp): void {
    const { line, start } = lines;
    const cursor = this.#cursor;
    const packet = this.#packet;
    const head = devices.start >= 0 ? devices.start : devices.source;
    this.#setTexts(message, head, devices);
    cursor.startLine(line, start);
    this.#readFields(lines, devices.start >= 0 ? devices.outEnd : head);
    const end = lines.end;
    if (!this.#hasAddresses()) {
      this.#refuse(end);
      return;
    }
    if (devices.start < 0) cursor.complain('warning', start, head, 'IN= and OUT= before SRC=');
    if (cursor.isSpaced) cursor.complain('hint', head, end, 'one blank between two fields');
    const missing = packet.srcStart === 0 ? null : missingField(packet);
    if (missing !== null || cursor.cutAt >= 0) {
      packet.bits |= CUT;
      cursor.complain(
        'warning',
        cursor.cutAt < 0 ? end : cursor.cutAt,
        end,
        missing ?? 'a whole field',
      );
    }
    this.#rows.setPacket(this.#bytes, packet);
    this.#rows.add(this.#bytes, this.#origin, { line, start, end }, this.#texts, stamp);
  }

  /** Adds a message that has no packet: `text` is where it begins, behind the name of its speaker. */
  readMessage(lines: LineScanner, message: number, text: number, stamp: LineStamp): void {
    const texts = this.#texts;
    const rows = this.#rows;
    const end = trimEnd(this.#bytes, text, lines.end);
    texts.prefixStart = message;
    texts.prefixEnd = text;
    texts.reasonStart = text;
    texts.reasonEnd = end;
    texts.inStart = texts.inEnd = 0;
    texts.outStart = texts.outEnd = 0;
    this.#packet.clear();
    rows.src.setText(rows.length, 0);
    rows.dst.setText(rows.length, 0);
    rows.setPacket(this.#bytes, this.#packet);
    rows.add(this.#bytes, this.#origin, lines, texts, stamp);
  }

  #readFields(lines: LineScanner, from: number): void {
    const cursor = this.#cursor;
    const bytes = this.#bytes;
    for (let pieces = 1; ; pieces++) {
      this.#packet.clear();
      cursor.cutAt = -1;
      cursor.at = from;
      cursor.end = lines.end;
      readPacket(cursor, this.#packet);
      const isWhole = cursor.cutAt < 0 && missingField(this.#packet) === null;
      if (isWhole || pieces === MOST_LINES) return;
      const nextEnd = lineEndAt(bytes, lines.following);
      if (!isContinuation(bytes, lines.following, nextEnd)) return;
      lines.next();
    }
  }

  #setTexts(message: number, head: number, devices: DevicePlace): void {
    const texts = this.#texts;
    const tagEnd = conntrackTagEnd(this.#bytes, message, head);
    texts.prefixStart = message;
    texts.prefixEnd = tagEnd > message ? tagEnd : head;
    texts.reasonStart = texts.prefixEnd;
    texts.reasonEnd = tagEnd > message ? trimEnd(this.#bytes, tagEnd, head) : head;
    texts.inStart = devices.start < 0 ? 0 : devices.start + 3;
    texts.inEnd = devices.start < 0 ? 0 : devices.inEnd;
    texts.outStart = devices.start < 0 ? 0 : devices.outStart;
    texts.outEnd = devices.start < 0 ? 0 : devices.outEnd;
  }

  /** Puts the addresses into the row, none where the kernel prints none; false where one is missing. */
  #hasAddresses(): boolean {
    const { srcStart, srcEnd, dstStart, dstEnd } = this.#packet;
    const rows = this.#rows;
    if (srcStart === 0 && dstStart === 0 && this.#isWithoutAddresses()) {
      rows.src.setText(rows.length, 0);
      rows.dst.setText(rows.length, 0);
      return true;
    }
    return (
      rows.setAddress(rows.src, this.#bytes, srcStart, srcEnd) &&
      rows.setAddress(rows.dst, this.#bytes, dstStart, dstEnd)
    );
  }

  /** ARP between others than Ethernet, a packet without a whole header, a frame that is no IP. */
  #isWithoutAddresses(): boolean {
    const { rare, bits, macStart, macEnd } = this.#packet;
    if (rare?.arp !== undefined || (bits & TRUNCATED) !== 0) return true;
    const protocol = rare?.mac?.protocol;
    if (protocol !== undefined) return !IP_TYPES.some((type) => type.replace(':', '') === protocol);
    // Ethernet's 14 bytes are 41 characters, the last two bytes the type.
    if (macEnd - macStart !== 41) return false;
    return !IP_TYPES.some((type) =>
      [...type].every((character, i) => this.#bytes[macEnd - 5 + i] === character.charCodeAt(0)),
    );
  }

  #refuse(end: number): void {
    const { srcStart, srcEnd, dstStart, dstEnd } = this.#packet;
    const isSource =
      srcEnd > srcStart && !this.#rows.setAddress(this.#rows.src, this.#bytes, srcStart, srcEnd);
    if (isSource) {
      this.#cursor.complain('error', srcStart, srcEnd, 'an address behind SRC=');
    } else if (srcStart === 0) {
      this.#cursor.complain('error', end, end, 'SRC= and DST=');
    } else {
      const from = dstEnd > dstStart ? dstStart : end;
      this.#cursor.complain(
        'error',
        from,
        dstEnd > dstStart ? dstEnd : end,
        'an address behind DST=',
      );
    }
  }
}
