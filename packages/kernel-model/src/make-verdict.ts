import { invertTuple } from '@tuplescope/net';
import type { CommitName } from './commit.ts';
import type { AddressBook } from './conntrack/address-book.ts';
import { createConnection } from './conntrack/connection.ts';
import type { Conntrack } from './conntrack/conntrack.ts';
import { directionName, ORIGINAL, REPLY } from './conntrack/direction.ts';
import type { EntrySlab } from './conntrack/entry-slab.ts';
import { LOG_PREFIX, logTexts } from './conntrack/log-text.ts';
import { DST_NAT, SRC_NAT } from './conntrack/status.ts';
import { type Entry, showEntry, showTuple } from './entry.ts';
import { explain, type Witness } from './explain.ts';
import type { NatVerdict, Reason, Verdict } from './verdict.ts';

const NO_NAT: NatVerdict = { kind: 'none', both: false, tuple: null };

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

/** Words what the last call of `judge` found; the reason is worked out when it is asked for. */
export function makeVerdict(
  conntrack: Conntrack,
  commits: readonly CommitName[] | null,
  witness: Witness,
  before: Entry | null,
  book: AddressBook,
): Verdict {
  const { kernel, outcome, slab } = conntrack;
  const { ctstate, direction, slot } = outcome;
  const trace = { ...conntrack.trace };
  const lines = kernel.limits.logInvalid ? logTexts(kernel, trace) : [];
  let reason: Reason | null = null;
  return {
    ctstate,
    direction: slot === NO_ENTRY ? null : directionName(direction),
    before,
    after: entryAfter(conntrack, witness.segment.at, book),
    dropped: outcome.dropped,
    nat: slot === NO_ENTRY ? NO_NAT : natOf(slab, slot, direction === ORIGINAL, book),
    events: [...outcome.events],
    log: lines.map((text) => LOG_PREFIX + text),
    get reason() {
      reason ??= explain(kernel, commits, trace, witness);
      return reason;
    },
  };
}

function entryAfter({ outcome, slab }: Conntrack, at: number, book: AddressBook): Entry | null {
  const slot = outcome.slot === NO_ENTRY ? outcome.met : outcome.slot;
  if (slot === NO_ENTRY || outcome.killed || !slab.isAlive(slot)) return null;
  const connection = createConnection();
  slab.load(slot, connection);
  return showEntry(slab, slot, connection, at, book);
}

function natOf(slab: EntrySlab, slot: number, isOriginal: boolean, book: AddressBook): NatVerdict {
  const status = slab.status(slot);
  if (!(status & (SRC_NAT | DST_NAT))) return NO_NAT;
  const other = showTuple(slab, slot, isOriginal ? REPLY : ORIGINAL, book);
  const kind = status & DST_NAT ? 'dnat' : 'snat';
  return {
    kind: isOriginal ? kind : `un-${kind}`,
    both: (status & SRC_NAT) !== 0 && (status & DST_NAT) !== 0,
    tuple: invertTuple(other),
  };
}
