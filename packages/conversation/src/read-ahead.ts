import { NO_CONVERSATION } from './add-rows.ts';
import * as flowIs from './flow-words.ts';
import type { Tracking } from './tracking.ts';

/** So many rows at a time: what is read for them stays in a processor's cache. */
export const ROWS_AHEAD = 512;

/** Where the conversations begin that are needed; used again for each call. */
const needed = new Uint32Array(ROWS_AHEAD);

/**
 * Reads the conversations of the rows that will need a careful look: many at once, where each alone
 * would have to be waited for.
 *
 * @param to at most `ROWS_AHEAD` rows after `from`.
 * @param sides what `findFlows` gave for these rows.
 */
export function readAhead(
  { flows, conversations }: Tracking,
  from: number,
  to: number,
  sides: Uint32Array,
): void {
  const { BITS, CURRENT, IS_SETTLED } = flowIs;
  const none = NO_CONVERSATION;
  const { words } = flows;
  let count = 0;
  for (let row = from; row < to; row++) {
    const side = sides[row] as number;
    const word = side === none ? 0 : (side >>> 1) << 4;
    const current = words[word + CURRENT] as number;
    needed[count] = (current - 1) << 4;
    // One more if the flow has a conversation and is not settled, without a branch.
    const settled = (words[word + BITS] as number) & IS_SETTLED;
    count += ((settled - 1) & -current) >>> 31;
  }
  let read = 0;
  for (let i = 0; i < count; i++) read ^= conversations.words[needed[i] as number] as number;
  flows.touched ^= read;
}
