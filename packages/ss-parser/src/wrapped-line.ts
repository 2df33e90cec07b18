import { BLANK, LINE_FEED, wordEnd } from '@tuplescope/scan';
import { decodeExtensions } from './decode-extensions.ts';
import { type Extensions, HALF, STRANGE } from './extensions.ts';
import { HAS, type SocketColumns } from './socket-columns.ts';
import type { SsRowReader } from './ss-row.ts';

/** A socket is put together from this many lines and bytes at most, so that the work stays bounded. */
export const MAX_LINES = 64;
export const MAX_WRAPPED_BYTES = 8192;

/** A socket, or the beginning of one, put together from the lines that it was wrapped over. */
export interface Wrapped {
  readonly text: Uint8Array;
  /** How many lines it has so far. */
  readonly lines: number;
  /** It is a socket already; else its first columns are not all there. */
  readonly isWhole: boolean;
  /** How little of it is understood, see {@link strangeness}. */
  readonly strangeness: number;
}

/**
 * Reads a text that was put together; null where it is neither a socket nor the beginning of one.
 *
 * @param mayBeCut the last line is full, so that its last word may go on below.
 */
export function measure(
  text: Uint8Array,
  lines: number,
  mayBeCut: boolean,
  row: SsRowReader,
  sockets: SocketColumns,
): Wrapped | null {
  if (!row.read(text, 0, firstLineEnd(text))) {
    return row.isCut ? { text, lines, isWhole: false, strangeness: 0 } : null;
  }
  const found = decodeExtensionsOf(text, sockets, sockets.length);
  const isCut = mayBeCut && found.strangeEnd === text.length && found.strangeness >= STRANGE;
  const strangeness = isCut ? found.strangeness - STRANGE + HALF : found.strangeness;
  return { text, lines, isWhole: true, strangeness };
}

/** Decodes the extensions of a row whose text is this. */
function decodeExtensionsOf(text: Uint8Array, sockets: SocketColumns, row: number): Extensions {
  const { extensions, has } = sockets.arrays;
  return decodeExtensions(text, extensions[row] as number, text.length, {
    isUnix: ((has[row] as number) & HAS.unixEnds) !== 0,
    isTcp: true,
  });
}

/**
 * Joins a line to the one above by grammar: a terminal breaks a line anywhere and adds nothing, a
 * mail takes the blank where it breaks. Both are tried; the one that is understood better is it.
 * Null where neither is: the line is no continuation.
 *
 * @param isFull no line before was longer and no blank ends the line above, so that a word may have
 * been broken here.
 * @param lineIsFull the same of the line itself.
 */
export function join(
  above: Wrapped,
  line: Uint8Array,
  isFull: boolean,
  lineIsFull: boolean,
  row: SsRowReader,
  sockets: SocketColumns,
): Wrapped | null {
  const lines = above.lines + 1;
  if (lines > MAX_LINES || above.text.length + line.length > MAX_WRAPPED_BYTES) return null;
  const apart = keepIfBetter(
    above,
    measure(concat(above.text, BLANK, line), lines, lineIsFull, row, sockets),
  );
  if (!isFull || line[0] === BLANK) return apart;
  const whole = keepIfBetter(
    above,
    measure(concat(above.text, -1, line), lines, lineIsFull, row, sockets),
  );
  if (whole === null || apart === null) return whole ?? apart;
  if (whole.isWhole !== apart.isWhole) return whole.isWhole ? whole : apart;
  if (whole.strangeness !== apart.strangeness) {
    return whole.strangeness < apart.strangeness ? whole : apart;
  }
  return apart.isWhole && isWordItself(line) ? apart : whole;
}

/** What is added may be cut, and strange a little (a word of a newer `ss`), not more. */
function keepIfBetter(above: Wrapped, joined: Wrapped | null): Wrapped | null {
  if (joined === null) return null;
  if (above.isWhole && !joined.isWhole) return null;
  return joined.strangeness < above.strangeness + HALF + 10 ? joined : null;
}

/** The line begins with a word that means something alone, so no word was broken before it. */
function isWordItself(line: Uint8Array): boolean {
  const kind = { isUnix: false, isTcp: true };
  return decodeExtensions(line, 0, wordEnd(line, 0, line.length), kind).strangeness === 0;
}

/** The two with a byte between, or with none where it is -1. */
export function concat(above: Uint8Array, between: number, line: Uint8Array): Uint8Array {
  const gap = between < 0 ? 0 : 1;
  const text = new Uint8Array(above.length + gap + line.length);
  text.set(above);
  if (gap === 1) text[above.length] = between;
  text.set(line, above.length + gap);
  return text;
}

function firstLineEnd(text: Uint8Array): number {
  const end = text.indexOf(LINE_FEED);
  return end < 0 ? text.length : end;
}
