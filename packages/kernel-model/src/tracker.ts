import type { Tuple } from '@tuplescope/net';
import type { Behaviour } from './behaviour.ts';
import type { AddressBook } from './conntrack/address-book.ts';
import type { ConntrackEvent } from './conntrack/conntrack-event.ts';
import type { Ctstate } from './conntrack/outcome.ts';
import type { Segment } from './conntrack/segment.ts';
import type { Entry } from './entry.ts';
import type { NatRule } from './nat/nat-rule.ts';
import type { Packet } from './packet.ts';
import type { Profile } from './profile.ts';
import type { Sysctls } from './sysctls.ts';
import type { Verdict } from './verdict.ts';

/** What a tracker is made of. */
export interface TrackerOptions {
  /** A profile, or what `profileFor` finds one by: an id, a `uname -r`, an expression. */
  readonly profile?: Profile | string;
  /** Switches instead of a profile; reasons then name no commits. */
  readonly behaviour?: Behaviour;
  /** Sysctls other than those that the kernel starts with. */
  readonly sysctls?: Readonly<Partial<Sysctls>>;
  /** The nat table; left out, the namespace has none and no packet passes NAT. */
  readonly nat?: readonly NatRule[];
  /** Chooses another row of ports where NAT chooses at random; 0 where left out. */
  readonly seed?: number;
}

/** The connection tracking of one network namespace. Nothing in it reads a clock. */
export interface Tracker {
  readonly sysctls: Sysctls;
  /** Numbers for the addresses of segments. */
  readonly addresses: AddressBook;
  /**
   * Judges a packet, and says why.
   *
   * @throws {TrackerError} `bad-packet` for what no packet can be.
   */
  track(packet: Packet): Verdict;
  /**
   * Judges a segment in numbers: the same tracking, nothing checked and nothing explained, no
   * garbage made.
   */
  judge(segment: Segment): Ctstate;
  /** Judges a segment that `judge` would take, and says why. The segment must not change after it. */
  trackSegment(segment: Segment): Verdict;
  /**
   * Takes back what `track` or `trackSegment` judged last: the entries are as they were before it. For
   * a packet that another kernel judged otherwise, as a capture shows. Once for a packet; entries that
   * had timed out, and one that NAT evicted, stay away.
   */
  takeBack(): void;
  /**
   * Puts a packet into numbers, for `judge`.
   *
   * @throws {TrackerError} `bad-packet` for what no packet can be.
   */
  segmentOf(packet: Packet): Segment;
  /** Lists the live entries at a time, in no particular order. */
  entries(at: number): Entry[];
  /** Finds the live entry that has this tuple in either direction, or null. */
  find(tuple: Tuple, at: number, zone?: number): Entry | null;
  /** Deletes the live entry that has this tuple in either direction, or null: `conntrack -D`. */
  delete(tuple: Tuple, at: number, zone?: number): Entry | null;
  /** Removes the entries that have timed out; they are gone for every packet even without it. */
  expire(at: number): readonly ConntrackEvent[];
  /** Entries in memory, those that have timed out among them. */
  readonly size: number;
  /** Bytes that the entries and their index take. */
  readonly byteLength: number;
}
