import type { CommitName } from './commit.ts';
import type { AddressBook } from './conntrack/address-book.ts';
import type { DirectionNumber } from './conntrack/direction.ts';
import type { Kernel } from './conntrack/kernel.ts';
import type { Segment } from './conntrack/segment.ts';
import type { Trace } from './conntrack/trace.ts';
import { type Entry, type EntrySnapshot, showEntry } from './entry.ts';
import { explain } from './explain.ts';
import type { NatVerdict, Reason, Verdict } from './verdict.ts';

/** The part of a verdict that is there at once. */
type Facts = Pick<Verdict, 'ctstate' | 'direction' | 'dropped' | 'nat' | 'events' | 'log'>;

/** What the rest is made of. */
interface Evidence {
  readonly kernel: Kernel;
  readonly commits: readonly CommitName[] | null;
  readonly trace: Trace;
  readonly segment: Segment;
  /** The entry that the packet met. */
  readonly met: EntrySnapshot | null;
  readonly direction: DirectionNumber;
  /** The entry that the packet left. */
  readonly left: EntrySnapshot | null;
  readonly book: AddressBook;
}

/**
 * A verdict whose entries and reason are worked out when they are asked for: most packets of a long
 * capture are never looked at. A class because an object made of getters takes ten times as long.
 */
export class LazyVerdict implements Verdict {
  readonly ctstate: Verdict['ctstate'];
  readonly direction: Verdict['direction'];
  readonly dropped: boolean;
  readonly nat: NatVerdict;
  readonly events: Verdict['events'];
  readonly log: readonly string[];
  readonly #evidence: Evidence;
  #reason: Reason | null = null;

  constructor(facts: Facts, evidence: Evidence) {
    this.ctstate = facts.ctstate;
    this.direction = facts.direction;
    this.dropped = facts.dropped;
    this.nat = facts.nat;
    this.events = facts.events;
    this.log = facts.log;
    this.#evidence = evidence;
  }

  get before(): Entry | null {
    return this.#show(this.#evidence.met);
  }

  get after(): Entry | null {
    return this.#show(this.#evidence.left);
  }

  get reason(): Reason {
    const { kernel, commits, trace, segment, met, direction } = this.#evidence;
    const before = met?.connection ?? null;
    this.#reason ??= explain(kernel, commits, trace, { segment, before, direction });
    return this.#reason;
  }

  /** Gives all of the verdict to JSON.stringify, which sees no getters of a class. */
  toJSON(): Verdict {
    const { ctstate, direction, before, after, dropped, nat, events, log, reason } = this;
    return { ctstate, direction, before, after, dropped, nat, events, log, reason };
  }

  #show(snapshot: EntrySnapshot | null): Entry | null {
    const { segment, book } = this.#evidence;
    return snapshot === null ? null : showEntry(snapshot, segment.at, book);
  }
}
