/** Where the scroll bar of a list stands, and which row that means. */
export interface ScrollScale {
  /** Height of what is scrolled, in pixels. */
  readonly height: number;
  /** First row at a position of the scroll bar. */
  rowAt(scrollTop: number): number;
  /** Position of the scroll bar for a first row. */
  topOf(row: number): number;
}

/** Browsers cut what is higher than some tens of millions of pixels. */
const MAX_HEIGHT = 8_000_000;

/**
 * Maps the scroll bar to the rows of a list: pixel by pixel where the list is short enough, else in
 * proportion, so that the first and the last row stay where they belong.
 *
 * @param rows how many rows there are.
 * @param rowHeight in pixels.
 * @param viewHeight height of the window onto the list, in pixels.
 * @example
 * scrollScale(1000, 20, 400).rowAt(200) // 10
 */
export function scrollScale(rows: number, rowHeight: number, viewHeight: number): ScrollScale {
  const height = Math.min(rows * rowHeight, MAX_HEIGHT);
  const lastFirst = Math.max(0, rows - Math.floor(viewHeight / rowHeight));
  const way = Math.max(0, height - viewHeight);
  const clamp = (row: number): number => Math.min(Math.max(0, row), lastFirst);
  return {
    height,
    rowAt: (scrollTop) => (way === 0 ? 0 : clamp(Math.round((scrollTop / way) * lastFirst))),
    topOf: (row) => (lastFirst === 0 ? 0 : (clamp(row) / lastFirst) * way),
  };
}
