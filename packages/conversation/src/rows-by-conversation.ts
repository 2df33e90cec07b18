import { NO_CONVERSATION } from './add-rows.ts';
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
 * The rows of all captures by their conversations, and in the order of time within each: 40 bytes a
 * row, with all that packets are made of. A conversation's own rows are far apart in the columns, so
 * that each number of each row would have to be waited for.
 */
export interface RowsByConversation {
  readonly words: Uint32Array;
  /** The same bytes, for the times; 5 a row. */
  readonly times: Float64Array;
  /** Where the rows of each conversation begin, and where the last one's end. */
  readonly starts: Uint32Array;
  readonly places: readonly Place[];
}

/**
 * Sorts rows by conversation.
 *
 * @param order the rows in the order of time.
 * @param base the seconds since the epoch that times count from.
 */
export function rowsByConversation(
  finder: RowFinder,
  order: Uint32Array,
  conversations: number,
  base: number,
): RowsByConversation {
  const starts = startsOf(finder, order, conversations);
  const words = new Uint32Array((starts[conversations] as number) * WORDS);
  const times = new Float64Array(words.buffer);
  const places = new Places();
  const next = starts.slice();
  for (const number of order) {
    finder.find(number);
    const { capture, page, row } = finder;
    const id = page.ids[row] as number;
    if (id === NO_CONVERSATION) continue;
    const at = next[id] as number;
    next[id] = at + 1;
    const interfaceNumber = page.columns.interfaceNumber[row] as number;
    words[at * WORDS + PLACE] = places.find(capture, page, interfaceNumber);
    times[(at * WORDS) / 2] = timeOf(capture, page, row, base);
    fill(words, at * WORDS, page, row);
  }
  return { words, times, starts, places: places.list };
}

function startsOf(finder: RowFinder, order: Uint32Array, conversations: number): Uint32Array {
  const starts = new Uint32Array(conversations + 1);
  for (const number of order) {
    finder.find(number);
    const id = finder.page.ids[finder.row] as number;
    if (id !== NO_CONVERSATION) starts[id + 1] = (starts[id + 1] as number) + 1;
  }
  for (let id = 0; id < conversations; id++) {
    starts[id + 1] = (starts[id + 1] as number) + (starts[id] as number);
  }
  return starts;
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
