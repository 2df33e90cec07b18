import type { SourceSpan } from '@tuplescope/scan';
import type { Capture } from './capture.ts';

/** Where a record stands in the incident, so that an editor can mark the very characters. */
export interface Place {
  /** The file's name. */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
  /** Byte offset of the first byte in the file. */
  readonly start: number;
  /** Byte offset after the last byte. */
  readonly end: number;
}

/**
 * Turns a record's span, which counts from the start of its capture, into its place in the file.
 *
 * @example
 * placeOf(capture, entry.source) // { file: 'seed.md', line: 231, start: 8120, end: 8262 }
 */
export function placeOf(
  { path, origin }: Pick<Capture, 'path' | 'origin'>,
  span: SourceSpan,
): Place {
  return {
    file: path,
    line: origin.line + span.line - 1,
    start: origin.offset + span.start,
    end: origin.offset + span.end,
  };
}
