/** Where a record stands in its input, so that an editor can mark the very characters. */
export interface SourceSpan {
  /** Line of the record's first byte, from 1. */
  readonly line: number;
  /** Byte offset of the record's first byte, from 0; a byte order mark counts. */
  readonly start: number;
  /** Byte offset after the record's last byte, its line ending not included. */
  readonly end: number;
}

/** Where a block of bytes begins in the whole input that it was cut from. */
export interface SourceOrigin {
  /** Line of the block's first byte, from 1. */
  readonly line: number;
  /** Byte offset of the block's first byte. */
  readonly offset: number;
}

/** The origin of an input that was not cut. */
export const WHOLE_INPUT: SourceOrigin = { line: 1, offset: 0 };

/**
 * Places a range of a block in the whole input.
 *
 * @param line line in the block, from 1.
 * @param start offset of the first byte in the block.
 * @param end offset after the last byte.
 * @example
 * spanAt({ line: 100, offset: 5000 }, 2, 4, 7) // { line: 101, start: 5004, end: 5007 }
 */
export function spanAt(origin: SourceOrigin, line: number, start: number, end: number): SourceSpan {
  return { line: origin.line + line - 1, start: origin.offset + start, end: origin.offset + end };
}
