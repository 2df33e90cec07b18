import { AddressBook, IN_BOOK } from './address-book.ts';
import { type Arrival, newArrival } from './arrival.ts';
import { ConversationColumns } from './conversation-columns.ts';
import { FlowTable } from './flow-table.ts';
import { type Link, Links } from './links.ts';
import type { NatEntry, NatKnowledge } from './nat-knowledge.ts';
import { RecentIsns } from './recent-isns.ts';

/** All that is known from one packet to the next. */
export interface Tracking {
  readonly addresses: AddressBook;
  readonly flows: FlowTable;
  readonly links: Links;
  /** Flows that an entry tells of as not translated. */
  readonly untranslated: Set<number>;
  readonly conversations: ConversationColumns;
  readonly isns: RecentIsns;
  readonly interceptionPorts: ReadonlySet<number>;
  readonly arrival: Arrival;
  /** Whole seconds since the epoch that times count from, so that nanoseconds stay exact; NaN at first. */
  base: number;
}

/** Begins to track, with what is known of translations. */
export function newTracking({ entries = [], interceptionPorts = [] }: NatKnowledge): Tracking {
  const flows = new FlowTable();
  const tracking: Tracking = {
    addresses: new AddressBook(),
    flows,
    links: new Links(flows),
    untranslated: new Set(),
    conversations: new ConversationColumns(),
    isns: new RecentIsns(),
    interceptionPorts: new Set(interceptionPorts),
    arrival: newArrival(),
    base: Number.NaN,
  };
  for (const entry of entries) addEntry(tracking, entry);
  return tracking;
}

/** Begins anew with the same flows and the translations found: for a second look at the packets. */
export function withHindsight(tracking: Tracking): Tracking {
  tracking.flows.forget();
  return {
    ...tracking,
    conversations: new ConversationColumns(),
    isns: new RecentIsns(),
  };
}

function addEntry(tracking: Tracking, { orig, reply }: NatEntry): void {
  const { addresses, flows, links, untranslated } = tracking;
  const find = (src: string, sport: number, dst: string, dport: number): number => {
    const from = addresses.numberOf(src);
    const to = addresses.numberOf(dst);
    return flows.find(from % 2 ** 32, portWord(from, sport), to % 2 ** 32, portWord(to, dport));
  };
  const before = find(orig.src, orig.sport, orig.dst, orig.dport);
  const after = find(reply.dst, reply.dport, reply.src, reply.sport);
  flows.orient(before >> 1, (before & 1) === 1);
  if (before >> 1 === after >> 1) {
    untranslated.add(before >> 1);
    return;
  }
  flows.orient(after >> 1, (after & 1) === 1);
  const link: Link = {
    before: before >> 1,
    after: after >> 1,
    basis: 'entries',
    confidence: 'certain',
    why: 'a conntrack entry has both tuples',
  };
  links.add(link);
}

function portWord(address: number, port: number): number {
  return address >= 2 ** 32 ? port | IN_BOOK : port;
}
