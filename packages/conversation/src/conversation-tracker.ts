import { addRows, type Feed, findFlows, newFeed } from './add-rows.ts';
import { checkNumber } from './check-number.ts';
import type { Conversation } from './conversation.ts';
import { makeConversation } from './make-conversation.ts';
import type { NatKnowledge } from './nat-knowledge.ts';
import { ROWS_AHEAD, readAhead } from './read-ahead.ts';
import type { SegmentColumns } from './segment-columns.ts';
import { newTracking, type Tracking } from './tracking.ts';

/**
 * Puts the segments of one capture into conversations as they come, in the order of the file: one
 * pass, no object a packet, memory by conversations and not by packets. It links what it knows at
 * the time; `stitch` looks twice, and at several captures.
 *
 * @example
 * const tracker = new ConversationTracker();
 * const ids = new Uint32Array(8192);
 * for await (const columns of streamPcapColumns(chunks)) tracker.add(columns, ids);
 * tracker.at(0).state // 'connected'
 */
export class ConversationTracker {
  readonly #tracking: Tracking;
  readonly #feed: Feed = newFeed();
  #sides = new Uint32Array(0);

  /** @param knowledge what is known of translations; without it, sequence numbers tell. */
  constructor(knowledge: NatKnowledge = {}) {
    this.#tracking = newTracking(knowledge);
  }

  /** How many conversations there are so far. */
  get length(): number {
    return this.#tracking.conversations.count;
  }

  /**
   * Takes the next segments of the capture.
   *
   * @param ids gets the number of each row's conversation, or `NO_CONVERSATION` for a row that is not
   *   TCP; at least as long as the columns.
   */
  add(columns: SegmentColumns, ids: Uint32Array): void {
    const tracking = this.#tracking;
    const { length } = columns;
    if (this.#sides.length < length) this.#sides = new Uint32Array(length);
    for (let from = 0; from < length; from += ROWS_AHEAD) {
      const to = Math.min(length, from + ROWS_AHEAD);
      findFlows(tracking, this.#feed, columns, from, to, this.#sides);
      readAhead(tracking, from, to, this.#sides);
      addRows(tracking, this.#feed, columns, from, to, this.#sides, ids);
    }
  }

  /** Makes the record of a conversation as it is now; throws a RangeError where there is none. */
  at(id: number): Conversation {
    checkNumber('conversation', id, this.length);
    return makeConversation(this.#tracking, id);
  }

  /** Gives the records of all conversations. */
  *[Symbol.iterator](): Generator<Conversation, void, undefined> {
    for (let id = 0; id < this.length; id++) yield this.at(id);
  }
}
