import { decodeText, LineScanner, type SourceOrigin } from '@tuplescope/scan';
import { readPrompt } from './prompt.ts';

/** A piece of a file that one command printed. */
export interface Section {
  /** Where the piece begins in its file. */
  readonly origin: SourceOrigin;
  /** The piece's bytes, a view into the file's. */
  readonly bytes: Uint8Array;
  /** The command before it, or null where no prompt says so. */
  readonly command: string | null;
}

/** A prompt that long is none; what is longer is output. */
const MAX_PROMPT_BYTES = 2400;

/** Prompts and fences are looked for in files up to this size: people do not paste more. */
const MAX_TRANSCRIPT_BYTES = 16 << 20;

/** Where output begins, and the command that printed it: empty where a bare prompt stands before. */
interface Beginning {
  readonly origin: SourceOrigin;
  readonly command: string | null;
}

/**
 * Cuts a file into the outputs of its commands: at shell prompts, at the headers of `watch`, and at
 * Markdown fences, whose surrounding prose belongs to no command and is left out. A file without
 * any of these is one section.
 *
 * @example
 * splitTranscript(toBytes('$ uname -r\n5.19.0\n'))
 * // [{ origin: { line: 2, offset: 11 }, bytes: …, command: 'uname -r' }]
 */
export function splitTranscript(bytes: Uint8Array): Section[] {
  const start: Beginning = { origin: { line: 1, offset: 0 }, command: null };
  if (bytes.length > MAX_TRANSCRIPT_BYTES) return [{ ...start, bytes }];
  const hasFences = hasFence(bytes);
  const sections: Section[] = [];
  /** Null where prose stands, between the fences. */
  let open = hasFences ? null : start;
  const lines = new LineScanner(bytes);
  while (lines.next()) {
    const { start: lineStart, end, following } = lines;
    const origin = { line: lines.line + 1, offset: following };
    if (hasFences && isFence(bytes, lineStart, end)) {
      sections.push(...sectionOf(bytes, open, lineStart));
      open = open === null ? { origin, command: null } : null;
    } else if (open !== null) {
      const command = commandAt(bytes, lineStart, end);
      if (command === null) continue;
      sections.push(...sectionOf(bytes, open, lineStart));
      open = { origin, command };
    }
  }
  return [...sections, ...sectionOf(bytes, open, bytes.length)];
}

/** The output from a beginning to here; a command that printed nothing is evidence, an empty gap is not. */
function sectionOf(bytes: Uint8Array, open: Beginning | null, end: number): Section[] {
  if (open === null) return [];
  const piece = bytes.subarray(open.origin.offset, end);
  const command = open.command === '' ? null : open.command;
  const isNothing = command === null && !piece.some((byte) => byte > 0x20);
  return isNothing ? [] : [{ origin: open.origin, bytes: piece, command }];
}

/** The command of a prompt on this line, or null where it is no prompt. */
function commandAt(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start > MAX_PROMPT_BYTES || !mayBePrompt(bytes, start, end)) return null;
  return readPrompt(decodeText(bytes, start, end))?.command ?? null;
}

/** Three or more backquotes or tildes, indented at will (a fence inside a list is indented). */
function isFence(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x09)) at++;
  const mark = bytes[at];
  if (mark !== 0x60 && mark !== 0x7e) return false;
  return bytes[at + 1] === mark && bytes[at + 2] === mark;
}

function hasFence(bytes: Uint8Array): boolean {
  const lines = new LineScanner(bytes);
  while (lines.next()) if (isFence(bytes, lines.start, lines.end)) return true;
  return false;
}

/**
 * A cheap test before the line is decoded: a prompt has `$`, `#`, `>` or `+` near its beginning, or
 * begins as `===`, `---` and `Every` do.
 */
function mayBePrompt(bytes: Uint8Array, start: number, end: number): boolean {
  const limit = Math.min(end, start + 320);
  for (let i = start; i < limit; i++) {
    const byte = bytes[i] as number;
    if (byte === 0x24 || byte === 0x23 || byte === 0x3e || byte === 0x2b) return true;
    if (byte === 0x3d || (byte === 0x2d && i === start)) return i - start < 3;
    if (byte === 0x45 && i === start) return true;
  }
  return false;
}
