import { NO_CONVERSATION } from './add-rows.ts';
import type { CapturePages } from './capture-pages.ts';
import { checkNumber } from './check-number.ts';
import type { Conversation } from './conversation.ts';
import type { ConversationPacket } from './conversation-packet.ts';
import { makeConversation } from './make-conversation.ts';
import { relatePackets } from './relate-packets.ts';
import { RowFinder } from './row-finder.ts';
import type { Tracking } from './tracking.ts';

/** The conversations of captures; records and packets are made when they are asked for. */
export class Conversations {
  /** How many conversations there are. */
  readonly length: number;
  readonly #tracking: Tracking;
  readonly #captures: readonly CapturePages[];
  readonly #finder: RowFinder;
  /** Rows of all captures in the order of time. */
  readonly #order: Uint32Array;
  /** The same by conversation, and where each one's begin; made when packets are first asked for. */
  #rows: Uint32Array | null = null;
  #starts: Uint32Array = new Uint32Array(0);

  constructor(tracking: Tracking, captures: readonly CapturePages[], order: Uint32Array) {
    this.#tracking = tracking;
    this.#captures = captures;
    this.#finder = new RowFinder(captures);
    this.#order = order;
    this.length = tracking.conversations.count;
  }

  /** Makes the record of a conversation; throws a RangeError where there is none. */
  at(id: number): Conversation {
    checkNumber('conversation', id, this.length);
    return makeConversation(this.#tracking, id);
  }

  /** Gives the records of all conversations, in the order of their first packets. */
  *[Symbol.iterator](): Generator<Conversation, void, undefined> {
    for (let id = 0; id < this.length; id++) yield this.at(id);
  }

  /**
   * Gives the conversation of each row of a capture, `NO_CONVERSATION` where the row is not TCP;
   * throws a RangeError where there is no such capture.
   */
  ids(captureIndex: number): Uint32Array {
    checkNumber('capture', captureIndex, this.#captures.length);
    return (this.#captures[captureIndex] as CapturePages).ids;
  }

  /**
   * Makes the packets of a conversation in the order of time, each with all its sightings; throws a
   * RangeError where there is no such conversation.
   */
  packetsOf(id: number): ConversationPacket[] {
    checkNumber('conversation', id, this.length);
    const rows = this.#rows ?? this.#group();
    const own = rows.subarray(this.#starts[id], this.#starts[id + 1]);
    return relatePackets(this.#tracking, id, this.#finder, own);
  }

  /**
   * Makes the packets of all conversations in the order of time. Holds the packets of the
   * conversations that are under way.
   */
  *packets(): Generator<ConversationPacket, void, undefined> {
    const waiting = new Map<number, { packets: Map<number, ConversationPacket>; left: number }>();
    for (const row of this.#order) {
      const id = this.#idOf(row);
      if (id === NO_CONVERSATION) continue;
      let own = waiting.get(id);
      if (own === undefined) {
        const packets = new Map<number, ConversationPacket>();
        for (const packet of this.packetsOf(id)) packets.set(this.#firstRow(packet), packet);
        own = { packets, left: packets.size };
        waiting.set(id, own);
      }
      const packet = own.packets.get(row);
      if (packet === undefined) continue;
      yield packet;
      if (--own.left === 0) own.packets.clear();
    }
  }

  #firstRow({ sightings: [first] }: ConversationPacket): number {
    return first === undefined ? -1 : this.#finder.numberOf(first.captureIndex, first.row);
  }

  #idOf(row: number): number {
    this.#finder.find(row);
    return this.#finder.page.ids[this.#finder.row] as number;
  }

  /** Sorts the rows by conversation, and keeps their order of time within each. */
  #group(): Uint32Array {
    const starts = new Uint32Array(this.length + 1);
    for (const row of this.#order) {
      const id = this.#idOf(row);
      if (id !== NO_CONVERSATION) starts[id + 1] = (starts[id + 1] as number) + 1;
    }
    for (let id = 0; id < this.length; id++) {
      starts[id + 1] = (starts[id + 1] as number) + (starts[id] as number);
    }
    const rows = new Uint32Array(starts[this.length] as number);
    const next = starts.slice();
    for (const row of this.#order) {
      const id = this.#idOf(row);
      if (id === NO_CONVERSATION) continue;
      const at = next[id] as number;
      rows[at] = row;
      next[id] = at + 1;
    }
    this.#rows = rows;
    this.#starts = starts;
    return rows;
  }
}
