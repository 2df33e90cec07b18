import type { CapturePages, Page } from './capture-pages.ts';
import { type Place, Places } from './places.ts';
import type { RowFinder } from './row-finder.ts';
import { HAS_TIME, LACKS_ACK } from './segment-columns.ts';

/** Words of a row. Its time, seconds of the tracker and NaN without, is a double in the first two. */
export const WORDS: number = 10;
export const SEQ: number = 2;
export const ACK: number = 3;
/** Bytes of payload. */
export const LEN: number = 4;
/** Flags; from bit 12 on doubts, `LACKS_ACK` also without ACK; from bit 16 on IPv4 identification. */
export const BITS: number = 5;
/** Twice the flow, plus 1 where the source is the flow's second end. */
export const SIDE: number = 6;
/** Number of the place where it was captured. */
export const PLACE: number = 7;
/** Row in its capture. */
export const ROW: number = 8;
/** Number of the packet in its capture. */
export const N: number = 9;

const ACK_FLAG = 0x10;

/**
 * The rows of one conversation, with all that its packets are made of, side by side. The memory is
 * used again for the next conversation.
 */
export class GatheredRows {
  length = 0;
  words: Uint32Array = new Uint32Array(WORDS * 256);
  /** The same bytes, for the times; 5 a row. */
  times: Float64Array = new Float64Array(this.words.buffer);
  readonly #places = new Places();

  get places(): readonly Place[] {
    return this.#places.list;
  }

  /**
   * Gathers rows by their numbers.
   *
   * @param base the seconds since the epoch that times count from.
   */
  gather(finder: RowFinder, numbers: Uint32Array, base: number): void {
    this.length = numbers.length;
    if (this.words.length < this.length * WORDS) this.#grow();
    const { words, times } = this;
    for (let at = 0; at < numbers.length; at++) {
      finder.find(numbers[at] as number);
      const { capture, page, row } = finder;
      const word = at * WORDS;
      const interfaceNumber = page.columns.interfaceNumber[row] as number;
      words[word + PLACE] = this.#places.find(capture, page, interfaceNumber);
      times[word / 2] = timeOf(capture, page, row, base);
      fill(words, word, page, row);
    }
  }

  #grow(): void {
    this.words = new Uint32Array(this.length * 2 * WORDS);
    this.times = new Float64Array(this.words.buffer);
  }
}

function timeOf(
  { clockOffset }: CapturePages,
  { columns }: Page,
  row: number,
  base: number,
): number {
  if (!((columns.bits[row] as number) & HAS_TIME)) return Number.NaN;
  const seconds = (columns.seconds[row] as number) - base + clockOffset;
  return seconds + (columns.nanoseconds[row] as number) * 1e-9;
}

function fill(
  words: Uint32Array,
  word: number,
  { columns, sides, start }: Page,
  row: number,
): void {
  const flags = columns.flags[row] as number;
  const told = columns.doubts === undefined ? 0 : (columns.doubts[row] as number);
  const doubts = flags & ACK_FLAG ? told : told | LACKS_ACK;
  words[word + SEQ] = columns.seq[row] as number;
  words[word + ACK] = columns.ack[row] as number;
  words[word + LEN] = columns.payload[row] as number;
  words[word + BITS] = flags | (doubts << 12) | ((columns.ipId[row] as number) << 16);
  words[word + SIDE] = sides[row] as number;
  words[word + ROW] = start + row;
  words[word + N] = columns.n[row] as number;
}
