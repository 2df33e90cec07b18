import { decodeText, LINE_FEED } from '@tuplescope/scan';
import type { TextRange } from '../../protocol/analysis.ts';

/** Turns byte offsets of a text into the places of an editor. */
export interface TextPositions {
  /** Gives the range from one byte offset to another. */
  range(start: number, end: number): TextRange;
  /** Gives the byte offset of a place; the text's end where the place lies beyond it. */
  offset(line: number, character: number): number;
}

const CARRIAGE_RETURN = 0x0d;

/**
 * Counts a text as an editor does: lines end at LF, CR LF or CR, characters are UTF-16 units, and a
 * byte order mark is none.
 *
 * @example
 * createTextPositions(toBytes('a\nbé:1')).range(4, 5)
 * // { line: 1, character: 1, endLine: 1, endCharacter: 2 }
 */
export function createTextPositions(bytes: Uint8Array): TextPositions {
  const starts = lineStarts(bytes);

  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  const place = (offset: number): readonly [line: number, character: number] => {
    const line = lineAt(offset);
    const start = Math.min(starts[line] as number, offset);
    return [line, decodeText(bytes, start, offset).length];
  };

  return {
    range: (start, end) => {
      const [line, character] = place(start);
      const [endLine, endCharacter] = place(end);
      return { line, character, endLine, endCharacter };
    },
    offset: (line, character) => {
      const start = starts[line];
      if (start === undefined) return bytes.length;
      const text = decodeText(bytes, start, starts[line + 1] ?? bytes.length);
      return start + new TextEncoder().encode(text.slice(0, character)).length;
    },
  };
}

function lineStarts(bytes: Uint8Array): number[] {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const starts = [hasMark ? 3 : 0];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === LINE_FEED) starts.push(at + 1);
    else if (byte === CARRIAGE_RETURN && bytes[at + 1] !== LINE_FEED) starts.push(at + 1);
  }
  return starts;
}
