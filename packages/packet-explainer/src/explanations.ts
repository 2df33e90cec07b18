import type { Conversation, ConversationPacket } from '@tuplescope/conversation';
import type { Profile, Sysctls } from '@tuplescope/kernel-model';
import { explainLineage } from './explain-lineage.ts';
import type { Explaining } from './explaining.ts';
import { groupLineages } from './group-lineages.ts';
import type { Lineage } from './lineage.ts';
import { type Surroundings, surroundingsOf } from './roles.ts';

/** The packets of captures, explained by one kernel; each lineage is worked out when it is asked for. */
export class Explanations {
  /** The kernel that explains. */
  readonly profile: Profile;
  /** Its sysctls, with those that were captured or asked for. */
  readonly sysctls: Sysctls;
  /** How many groups of conversations there are. */
  readonly length: number;
  readonly #explaining: Explaining;
  readonly #groups: readonly number[][];
  readonly #surroundings: Surroundings;

  constructor(explaining: Explaining) {
    const { conversations, evidence } = explaining;
    this.profile = explaining.profile;
    this.sysctls = explaining.sysctls;
    this.#explaining = explaining;
    this.#groups = groupLineages(conversations);
    this.#surroundings = surroundingsOf(conversations, evidence);
    this.length = this.#groups.length;
  }

  /** Gives the conversations of one group without explaining them; throws a RangeError likewise. */
  conversationsOf(index: number): Conversation[] {
    return this.#ids(index).map((id) => this.#explaining.conversations.at(id));
  }

  /**
   * Explains the packets of one group of conversations; throws a RangeError where there is none.
   *
   * @param isWanted which of them, where only some are shown: of the others nothing is kept.
   */
  at(index: number, isWanted: (packet: ConversationPacket) => boolean = () => true): Lineage {
    return explainLineage(this.#explaining, this.#surroundings, this.#ids(index), isWanted);
  }

  /** Explains all, one group at a time, in the order of their first packets. */
  *[Symbol.iterator](): Generator<Lineage, void, undefined> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }

  #ids(index: number): readonly number[] {
    const ids = this.#groups[index];
    if (ids === undefined) throw new RangeError(`lineage ${index}: there are ${this.length}`);
    return ids;
  }
}
