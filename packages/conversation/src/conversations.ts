import { NO_CONVERSATION } from './add-rows.ts';
import type { CapturePages } from './capture-pages.ts';
import { checkNumber } from './check-number.ts';
import type { Conversation } from './conversation.ts';
import type { ConversationPacket } from './conversation-packet.ts';
import { GatheredRows } from './gathered-rows.ts';
import { makeConversation } from './make-conversation.ts';
import { relatePackets } from './relate-packets.ts';
import { RowFinder } from './row-finder.ts';
import { type RowsByConversation, rowsByConversation } from './rows-by-conversation.ts';
import type { Tracking } from './tracking.ts';

const NO_PACKETS: readonly ConversationPacket[] = [];

/** The conversations of captures; records and packets are made when they are asked for. */
export class Conversations {
  /** How many conversations there are. */
  readonly length: number;
  readonly #tracking: Tracking;
  readonly #captures: readonly CapturePages[];
  readonly #finder: RowFinder;
  /** Rows of all captures in the order of time. */
  readonly #order: Uint32Array;
  /** The same by conversation; made when packets are first asked for. */
  #byConversation: RowsByConversation | null = null;
  readonly #gathered = new GatheredRows();

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
   * Gives the conversation before one with the same ends, before or after translation, or null; as the
   * record has it, without making that. Throws a RangeError where there is no such conversation.
   */
  previousOf(id: number): number | null {
    checkNumber('conversation', id, this.length);
    const previous = this.#tracking.conversations.previous(id);
    return previous < 0 ? null : previous;
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
    const { conversations, base } = this.#tracking;
    this.#byConversation ??= rowsByConversation(this.#finder, this.#order, conversations.count);
    const { rows, starts } = this.#byConversation;
    this.#gathered.gather(this.#finder, rows.subarray(starts[id], starts[id + 1]), base);
    return relatePackets(this.#tracking, id, this.#gathered);
  }

  /**
   * Makes the packets of all conversations in the order of time. Holds the packets of the
   * conversations that are under way.
   */
  *packets(): Generator<ConversationPacket, void, undefined> {
    const waiting = new Map<number, { packets: readonly ConversationPacket[]; next: number }>();
    for (const row of this.#order) {
      this.#finder.find(row);
      const id = this.#finder.page.ids[this.#finder.row] as number;
      if (id === NO_CONVERSATION) continue;
      let own = waiting.get(id);
      if (own === undefined) {
        own = { packets: this.packetsOf(id), next: 0 };
        waiting.set(id, own);
      }
      const packet = own.packets[own.next];
      if (packet === undefined || this.#firstRow(packet) !== row) continue;
      own.next++;
      if (own.next === own.packets.length) own.packets = NO_PACKETS;
      yield packet;
    }
  }

  #firstRow({ sightings: [first] }: ConversationPacket): number {
    return first === undefined ? -1 : this.#finder.numberOf(first.captureIndex, first.row);
  }
}
