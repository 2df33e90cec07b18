import { invertTuple } from '@tuplescope/net';
import type { CommitName } from './commit.ts';
import type { AddressBook } from './conntrack/address-book.ts';
import type { Conntrack } from './conntrack/conntrack.ts';
import { directionName, ORIGINAL, REPLY } from './conntrack/direction.ts';
import type { EntrySlab } from './conntrack/entry-slab.ts';
import { LOG_PREFIX, logTexts } from './conntrack/log-text.ts';
import type { Segment } from './conntrack/segment.ts';
import { DST_NAT, SRC_NAT } from './conntrack/status.ts';
import { type EntrySnapshot, showTuple, takeSnapshot, takeTuple } from './entry.ts';
import { LazyVerdict } from './lazy-verdict.ts';
import type { NatVerdict, Verdict } from './verdict.ts';

const NO_NAT: NatVerdict = { kind: 'none', both: false, tuple: null };

const NO_EVENTS: Verdict['events'] = [];

const NO_ENTRY = -1;

/** What a packet is that a rule of the raw table keeps from being tracked. */
export const UNTRACKED: Verdict = {
  ctstate: 'UNTRACKED',
  direction: null,
  before: null,
  after: null,
  dropped: false,
  nat: NO_NAT,
  events: [],
  log: [],
  reason: { rule: 'untracked', values: {}, log: null, commits: [], lacking: [] },
};

/** Words what the last call of `decide` found, now that the next has not overwritten it. */
export function makeVerdict(
  conntrack: Conntrack,
  commits: readonly CommitName[] | null,
  segment: Segment,
  met: EntrySnapshot | null,
  book: AddressBook,
): Verdict {
  const { kernel, outcome, slab } = conntrack;
  const { ctstate, slot, dropped } = outcome;
  const trace = { ...conntrack.trace };
  const lines = kernel.limits.logInvalid ? logTexts(kernel, trace) : [];
  const isOriginal = outcome.direction === ORIGINAL;
  return new LazyVerdict(
    {
      ctstate,
      direction: slot === NO_ENTRY ? null : directionName(outcome.direction),
      dropped,
      nat: slot === NO_ENTRY ? NO_NAT : natOf(slab, slot, isOriginal, book),
      events: outcome.events.length === 0 ? NO_EVENTS : [...outcome.events],
      log: lines.map((text) => LOG_PREFIX + text),
    },
    {
      kernel,
      commits,
      trace,
      segment,
      met,
      direction: met === null ? ORIGINAL : outcome.direction,
      left: snapshotAfter(conntrack),
      book,
    },
  );
}

/** Of an INVALID packet the entry that it met, else the one that it belongs to. */
function snapshotAfter({ outcome, slab }: Conntrack): EntrySnapshot | null {
  const slot = outcome.slot === NO_ENTRY ? outcome.met : outcome.slot;
  if (slot === NO_ENTRY || outcome.killed || !slab.isAlive(slot)) return null;
  return takeSnapshot(slab, slot);
}

function natOf(slab: EntrySlab, slot: number, isOriginal: boolean, book: AddressBook): NatVerdict {
  const status = slab.status(slot);
  if (!(status & (SRC_NAT | DST_NAT))) return NO_NAT;
  const other = takeTuple(slab, slot, isOriginal ? REPLY : ORIGINAL);
  const kind = status & DST_NAT ? 'dnat' : 'snat';
  return {
    kind: isOriginal ? kind : `un-${kind}`,
    both: (status & SRC_NAT) !== 0 && (status & DST_NAT) !== 0,
    tuple: invertTuple(showTuple(other, slab.scope(slot), book)),
  };
}
