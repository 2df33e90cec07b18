import { type Feed, newFeed } from './add-rows.ts';
import type { Capture } from './capture.ts';
import { columnsOfSegments } from './columns-of-segments.ts';
import type { SegmentColumns } from './segment-columns.ts';

/** Some rows of a capture, with what was found of them. */
export interface Page {
  readonly columns: SegmentColumns;
  /** Row of its first row in the capture. */
  readonly start: number;
  /** Twice the flow of each row, plus 1 where the source is the flow's second end. */
  readonly sides: Uint32Array;
  /** The conversation of each row. */
  readonly ids: Uint32Array;
}

/** A capture as pages. */
export interface CapturePages {
  readonly name: string;
  /** Its place in the list that was given. */
  readonly index: number;
  readonly clockOffset: number;
  readonly pages: readonly Page[];
  /** How many rows it has. */
  readonly length: number;
  /** The conversation of each row, all pages. */
  readonly ids: Uint32Array;
}

/** Brings a capture into pages. */
export function capturePages(capture: Capture, index: number): CapturePages {
  const { name, clockOffset = 0, segments } = capture;
  const columns = 'columns' in segments ? segments.columns : [columnsOfSegments(segments)];
  const length = columns.reduce((rows, page) => rows + page.length, 0);
  const ids = new Uint32Array(length);
  const sides = new Uint32Array(length);
  let start = 0;
  const pages = columns.map((page): Page => {
    const end = start + page.length;
    const own = { start, sides: sides.subarray(start, end), ids: ids.subarray(start, end) };
    start = end;
    return { columns: page, ...own };
  });
  return { name, index, clockOffset, pages, length, ids };
}

/** Begins with a capture's rows. */
export function feedOf({ index, clockOffset }: CapturePages): Feed {
  return newFeed(index, clockOffset);
}
