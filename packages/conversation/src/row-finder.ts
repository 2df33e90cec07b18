import type { CapturePages, Page } from './capture-pages.ts';

/**
 * Finds rows of several captures by one number that goes on from capture to capture. What it found
 * last is kept, since the next is mostly on the same page.
 */
export class RowFinder {
  capture: CapturePages;
  page: Page;
  /** Row in the page. */
  row = 0;
  readonly #captures: readonly CapturePages[];
  /** Number of the first row of each capture. */
  readonly #bases: number[] = [];
  /** Numbers of the rows of the page: from, and up to. */
  #from = 0;
  #to = 0;

  constructor(captures: readonly CapturePages[]) {
    this.#captures = captures;
    let base = 0;
    for (const { length } of captures) {
      this.#bases.push(base);
      base += length;
    }
    const [first] = captures;
    this.capture = first as CapturePages;
    this.page = first?.pages[0] as Page;
  }

  /** Gives the number of a row of a capture. */
  numberOf(captureIndex: number, row: number): number {
    return (this.#bases[captureIndex] as number) + row;
  }

  /** Finds a row: `capture`, `page` and `row` are its own then. */
  find(number: number): void {
    if (number < this.#from || number >= this.#to) this.#turnTo(number);
    this.row = number - this.#from;
  }

  #turnTo(number: number): void {
    const capture = lastBefore(
      this.#captures.length,
      (index) => (this.#bases[index] as number) <= number,
    );
    const base = this.#bases[capture] as number;
    this.capture = this.#captures[capture] as CapturePages;
    const { pages } = this.capture;
    const page = lastBefore(pages.length, (index) => base + (pages[index] as Page).start <= number);
    this.page = pages[page] as Page;
    this.#from = base + this.page.start;
    this.#to = this.#from + this.page.columns.length;
  }
}

/** Gives the last of so many for which something holds that holds up to some point. */
function lastBefore(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
