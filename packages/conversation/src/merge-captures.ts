import { type Feed, timeOf } from './add-rows.ts';
import { type CapturePages, feedOf, type Page } from './capture-pages.ts';
import type { Tracking } from './tracking.ts';

/** Rows of one page that come one after the other in the order of time. */
export interface Run {
  readonly capture: CapturePages;
  readonly feed: Feed;
  readonly page: Page;
  readonly from: number;
  readonly to: number;
}

interface Cursor {
  readonly capture: CapturePages;
  readonly feed: Feed;
  page: number;
  row: number;
  /** Latest time up to the row, so that a time that runs backwards does not hold up the others. */
  at: number;
}

/**
 * Goes through captures in the order of time. Within a capture the order of the file holds; of equal
 * times the capture named first in the alphabet comes first, whatever the order of the list.
 */
export function* mergeCaptures(
  tracking: Tracking,
  captures: readonly CapturePages[],
): Generator<Run, void, undefined> {
  const cursors = captures
    .toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)) || a.index - b.index)
    .map((capture): Cursor => {
      const feed = feedOf(capture);
      return { capture, feed, page: 0, row: 0, at: Number.NEGATIVE_INFINITY };
    })
    .filter((cursor) => settle(tracking, cursor));
  while (cursors.length > 0) {
    const first = earliest(cursors, -1);
    const cursor = cursors[first] as Cursor;
    const second = earliest(cursors, first);
    const limit = second < 0 ? Number.POSITIVE_INFINITY : (cursors[second] as Cursor).at;
    const isFirstNamed = second < 0 || first < second;
    const { capture, feed } = cursor;
    const page = capture.pages[cursor.page] as Page;
    const from = cursor.row;
    do {
      cursor.row++;
      note(tracking, cursor, page);
    } while (
      cursor.row < page.columns.length &&
      (cursor.at < limit || (isFirstNamed && cursor.at === limit))
    );
    yield { capture, feed, page, from, to: cursor.row };
    if (!settle(tracking, cursor)) cursors.splice(first, 1);
  }
}

/** Of equal times, the first cursor's. */
function earliest(cursors: readonly Cursor[], except: number): number {
  let first = -1;
  for (const [index, { at }] of cursors.entries()) {
    if (index !== except && (first < 0 || at < (cursors[first] as Cursor).at)) first = index;
  }
  return first;
}

/** Moves to a page that has the row; false where the capture is at its end. */
function settle(tracking: Tracking, cursor: Cursor): boolean {
  for (; cursor.page < cursor.capture.pages.length; cursor.page++) {
    const page = cursor.capture.pages[cursor.page] as Page;
    if (cursor.row < page.columns.length) {
      note(tracking, cursor, page);
      return true;
    }
    cursor.row = 0;
  }
  return false;
}

function note(tracking: Tracking, cursor: Cursor, { columns }: Page): void {
  if (cursor.row >= columns.length) return;
  const at = timeOf(tracking, cursor.feed, columns, cursor.row);
  if (at > cursor.at) cursor.at = at;
}
