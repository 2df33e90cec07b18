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
  if (bytes.length > MAX_TRANSCRIPT_BYTES) return [wholeFile(bytes)];
  const hasFences = hasFence(bytes);
  const sections: Section[] = [];
  let open: { origin: SourceOrigin; command: string | null } | null = hasFences
    ? null
    : { origin: { line: 1, offset: 0 }, command: null };
  const close = (end: number): void => {
    if (open === null) return;
    const piece = bytes.subarray(open.origin.offset, end);
    const command = open.command === '' ? null : open.command;
    if (command !== null || hasText(piece)) {
      sections.push({ origin: open.origin, bytes: piece, command });
    }
    open = null;
  };
  let inFence = !hasFences;
  const lines = new LineScanner(bytes);
  while (lines.next()) {
    const { line, start, end, following } = lines;
    if (hasFences && isFence(bytes, start, end)) {
      close(start);
      inFence = !inFence;
      if (inFence) open = { origin: { line: line + 1, offset: following }, command: null };
      continue;
    }
    if (!inFence || end - start > MAX_PROMPT_BYTES) continue;
    const prompt = mayBePrompt(bytes, start, end)
      ? readPrompt(decodeText(bytes, start, end))
      : null;
    if (prompt === null) continue;
    close(start);
    open = { origin: { line: line + 1, offset: following }, command: prompt.command };
  }
  close(bytes.length);
  return sections;
}

function wholeFile(bytes: Uint8Array): Section {
  return { origin: { line: 1, offset: 0 }, bytes, command: null };
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

/** A cheap test before the line is decoded: a prompt has one of `$ # > + = :` near its beginning. */
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

function hasText(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte > 0x20);
}
