import type { Profile, Reason } from '@tuplescope/kernel-model';
import type { ExplainedCapture } from './capture-source.ts';
import type { TrackedPacket } from './course.ts';
import type {
  EntryState,
  Explanation,
  MetSocket,
  Owner,
  PacketKind,
  PacketReference,
} from './explanation.ts';
import { packetDetails } from './packet-details.ts';
import { segmentOf } from './packet-reference.ts';
import { type Spoken, sayPacket } from './say-packet.ts';

/** What was worked out of a packet before it is put into words. */
export interface PacketFacts extends Spoken {
  readonly profile: Profile;
  readonly captures: readonly ExplainedCapture[];
  readonly at: PacketReference;
  readonly answers: PacketReference | null;
  readonly older: PacketReference | null;
}

/**
 * An explanation whose words and reason are made when they are asked for: of a long capture most are
 * never read. A class because an object made of getters takes ten times as long.
 */
export class PacketExplanation implements Explanation {
  readonly at: PacketReference;
  readonly kind: PacketKind;
  readonly sender: Owner;
  readonly socket: MetSocket | null;
  readonly answers: PacketReference | null;
  readonly #tracked: TrackedPacket;
  readonly #facts: PacketFacts;

  constructor(facts: PacketFacts) {
    this.at = facts.at;
    this.kind = facts.kind;
    this.sender = facts.sender;
    this.socket = facts.socket;
    this.answers = facts.answers;
    this.#tracked = facts.tracked;
    this.#facts = facts;
  }

  get packet(): Explanation['packet'] {
    return this.#tracked.packet;
  }

  get segment(): Explanation['segment'] {
    return segmentOf(this.#facts.captures, this.#tracked.packet);
  }

  get tuple(): Explanation['tuple'] {
    return this.#tracked.tuple;
  }

  get ctstate(): Explanation['ctstate'] {
    return this.#tracked.ctstate;
  }

  get before(): EntryState | null {
    return this.#tracked.verdict.before;
  }

  get entry(): EntryState | null {
    return this.#tracked.verdict.after;
  }

  get nat(): Explanation['nat'] {
    return this.#tracked.verdict.nat.kind;
  }

  get seenTranslated(): boolean | null {
    return this.#tracked.seenTranslated;
  }

  get says(): string {
    return sayPacket(this.#facts);
  }

  get details(): string[] {
    return packetDetails(this.#facts);
  }

  get why(): Reason {
    return this.#tracked.verdict.reason;
  }

  get assumption(): string | null {
    return this.#tracked.assumption;
  }

  get contradiction(): string | null {
    return this.#tracked.contradiction;
  }
}
