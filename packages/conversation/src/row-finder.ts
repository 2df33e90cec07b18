import type { CapturePages, Page } from './capture-pages.ts';

/** Rows of one page, by the numbers that go on from capture to capture. */
interface NumberedPage {
  readonly capture: CapturePages;
  readonly page: Page;
  /** Numbers of its rows: from, and up to. */
  readonly from: number;
  readonly to: number;
}

/** So many bits of a number are left out where the page is looked up. */
const BLOCK_BITS = 10;

/**
 * Finds rows of several captures by one number that goes on from capture to capture. What it found
 * last is kept, since the next is mostly on the same page.
 */
export class RowFinder {
  capture: CapturePages;
  page: Page;
  /** Row in the page. */
  row = 0;
  /** Number of the first row of each capture. */
  readonly #bases: number[] = [];
  readonly #pages: NumberedPage[] = [];
  /** The page that has the first row of each block of numbers. */
  readonly #blocks: Uint32Array;
  #from = 0;
  #to = 0;

  constructor(captures: readonly CapturePages[]) {
    let base = 0;
    for (const capture of captures) {
      this.#bases.push(base);
      for (const page of capture.pages) {
        const from = base + page.start;
        this.#pages.push({ capture, page, from, to: from + page.columns.length });
      }
      base += capture.length;
    }
    this.#blocks = blocksOf(this.#pages, base);
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
    let at = this.#blocks[number >>> BLOCK_BITS] as number;
    while ((this.#pages[at] as NumberedPage).to <= number) at++;
    const { capture, page, from, to } = this.#pages[at] as NumberedPage;
    this.capture = capture;
    this.page = page;
    this.#from = from;
    this.#to = to;
  }
}

function blocksOf(pages: readonly NumberedPage[], rows: number): Uint32Array {
  const blocks = new Uint32Array((rows >>> BLOCK_BITS) + 1);
  let at = 0;
  for (let block = 0; block << BLOCK_BITS < rows; block++) {
    while ((pages[at] as NumberedPage).to <= block << BLOCK_BITS) at++;
    blocks[block] = at;
  }
  return blocks;
}
