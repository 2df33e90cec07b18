import { NO_CONVERSATION } from './add-rows.ts';
import type { RowFinder } from './row-finder.ts';

/** The numbers of the rows of all captures by their conversations, in the order of time within each. */
export interface RowsByConversation {
  readonly rows: Uint32Array;
  /** Where the rows of each conversation begin, and where the last one's end. */
  readonly starts: Uint32Array;
}

/**
 * Sorts rows by conversation.
 *
 * @param order the rows in the order of time.
 */
export function rowsByConversation(
  finder: RowFinder,
  order: Uint32Array,
  conversations: number,
): RowsByConversation {
  const starts = startsOf(finder, order, conversations);
  const rows = new Uint32Array(starts[conversations] as number);
  const next = starts.slice();
  for (const number of order) {
    finder.find(number);
    const id = finder.page.ids[finder.row] as number;
    if (id === NO_CONVERSATION) continue;
    const at = next[id] as number;
    next[id] = at + 1;
    rows[at] = number;
  }
  return { rows, starts };
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
