import { decodeText, indexOfText, LineScanner } from '@tuplescope/scan';
import type { Capture, CaptureKind } from './capture.ts';
import { placeOf } from './place.ts';
import { readSocketError, type SocketError } from './socket-error.ts';

/** What programs print stands in texts that no parser knows, and between the kernel's lines. */
const TEXTS = new Set<CaptureKind>(['unknown', 'log']);

/** So many errors are enough to know what happens; a program repeats itself. */
const MOST_ERRORS = 1000;

/** Of a longer text the beginning is searched. */
const MAX_BYTES = 64 << 20;

/** A longer line is no message of a program. */
const MAX_LINE = 4096;

/** What every wording has somewhere, in one case or another. */
const MARKS = ['ddress', 'DDRESS', 'EADDR', 'connect error: 9'];

/**
 * Finds the lines of the programs' own logs in which the kernel refused them an address or a port:
 * the first thousand, in the first 64 MiB of each text.
 *
 * @example
 * findSocketErrors(incident.captures)[0] // { code: 'EADDRNOTAVAIL', wanted: 'connect', port: 7777, place: … }
 */
export function findSocketErrors(captures: readonly Capture[]): SocketError[] {
  const found: SocketError[] = [];
  for (const capture of captures) {
    if (!TEXTS.has(capture.content.kind) || !hasSocketError(capture.bytes)) continue;
    const bytes = capture.bytes.subarray(0, MAX_BYTES);
    const lines = new LineScanner(bytes);
    while (found.length < MOST_ERRORS && lines.next()) {
      const { line, start, end } = lines;
      if (end - start > MAX_LINE || !MARKS.some((mark) => isIn(bytes, mark, start, end))) continue;
      const error = readSocketError(decodeText(bytes, start, end));
      if (error !== null) found.push({ ...error, place: placeOf(capture, { line, start, end }) });
    }
  }
  return found;
}

/** Says cheaply whether a text may hold such a line. */
export function hasSocketError(bytes: Uint8Array): boolean {
  const end = Math.min(bytes.length, MAX_BYTES);
  return MARKS.some((mark) => isIn(bytes, mark, 0, end));
}

function isIn(bytes: Uint8Array, mark: string, start: number, end: number): boolean {
  return indexOfText(bytes, mark, start, end) >= 0;
}
