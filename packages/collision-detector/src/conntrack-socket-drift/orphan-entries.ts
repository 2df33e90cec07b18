import {
  type CaptureOf,
  type Incident,
  type Place,
  placeOf,
  wouldShow,
} from '@tuplescope/incident';
import { normalizeAddress, type Tuple, tupleKey } from '@tuplescope/net';
import { entryListings, fullTuple } from '../entries.ts';
import { PortPairs } from './port-pairs.ts';
import { wholeSocketListings } from './whole-socket-listings.ts';

/** Listings of one snapshot are seconds apart: an entry that had no packet for so long is no matter of that. */
const IDLE_SECONDS = 30;

/** nf_conntrack_tcp_timeout_max_retrans and _unacknowledged: what has no more left may not be idle at all. */
const SHORT_SECONDS = 300;

/** So many entries are looked at one by one, and remembered for the next snapshot. */
const MOST = 100_000;

/** So many sockets are enough to know the addresses of a namespace by. */
const SAMPLE = 10_000;

/** States of an entry that a socket of this namespace belongs to. */
export type OrphanState = 'ESTABLISHED' | 'CLOSE_WAIT';

/** An entry of this namespace's own connection that no socket belongs to. */
export interface OrphanEntry {
  readonly state: OrphanState;
  readonly orig: Tuple;
  /** Seconds that it still has. */
  readonly timeout: number;
  /** Index of the snapshot that shows it last. */
  readonly snapshot: number;
  readonly place: Place;
  /** What shows that this is no matter of listings that are seconds apart. */
  readonly basis: 'idle' | 'twice';
}

type Candidate = Omit<OrphanEntry, 'basis'> & { readonly isIdle: boolean };

/**
 * Finds entries in ESTABLISHED or CLOSE_WAIT of connections that this namespace's own addresses have,
 * and that no socket belongs to: without a packet for half a minute, or in two snapshots.
 */
export function orphanEntries(incident: Incident): OrphanEntry[] {
  const found = new Map<string, OrphanEntry>();
  let before = new Map<string, Candidate>();
  for (const snapshot of incident.snapshots.keys()) {
    const now = candidatesIn(incident, snapshot);
    if (now === null) continue;
    for (const [key, candidate] of now) {
      const earlier = before.get(key);
      // No packet came in between, else its time would have begun anew.
      const isSeenTwice = earlier !== undefined && candidate.timeout < earlier.timeout;
      if (!candidate.isIdle && !isSeenTwice) continue;
      const { isIdle: _, ...entry } = candidate;
      found.set(key, { ...entry, basis: isSeenTwice ? 'twice' : 'idle' });
    }
    before = now;
  }
  return [...found.values()];
}

/** Entries without a socket by their tuples, or null where the snapshot cannot tell. */
function candidatesIn(incident: Incident, index: number): Map<string, Candidate> | null {
  const snapshot = incident.snapshots[index];
  if (snapshot === undefined) return null;
  const sockets = wholeSocketListings(snapshot);
  const listing = entryListings(snapshot.captures).find(({ command }) => wouldShow(command, []));
  if (sockets.length === 0 || listing === undefined) return null;
  const open = pairsOf(sockets);
  const isOwn = ownAddresses(sockets);
  const limits = timeoutLimits(incident, listing);
  const { table } = listing.content;
  const found = new Map<string, Candidate>();
  for (let row = 0; row < table.length && found.size < MOST; row++) {
    const state = table.stateAt(row);
    if ((state !== 'ESTABLISHED' && state !== 'CLOSE_WAIT') || !table.assuredAt(row)) continue;
    if (table.protoAt(row) !== 'tcp' || hasSocket(listing, row, open)) continue;
    if (!isOwn(table.addressAt(row, 'origSrc')) && !isOwn(table.addressAt(row, 'replySrc')))
      continue;
    const timeout = table.timeoutAt(row);
    const entry = table.at(row);
    const orig = fullTuple(entry.orig);
    // Where packets are forwarded past conntrack, its time does not begin anew with them.
    if (timeout === null || orig === null || entry.offload !== null || (entry.zone ?? 0) !== 0)
      continue;
    const isIdle = timeout > SHORT_SECONDS && limits[state] - timeout >= IDLE_SECONDS;
    const place = placeOf(listing, entry.source);
    found.set(tupleKey(orig), { state, orig, timeout, snapshot: index, place, isIdle });
  }
  return found;
}

function pairsOf(listings: readonly CaptureOf<'ss'>[]): PortPairs {
  const pairs = new PortPairs();
  for (const { content } of listings) {
    const { table } = content;
    for (let row = 0; row < table.length; row++) {
      pairs.add(table.portAt(row, 'local'), table.portAt(row, 'peer'));
    }
  }
  return pairs;
}

/** A socket at either end, as its program sees it: before translation or behind it. */
function hasSocket(
  { content: { table } }: CaptureOf<'conntrack'>,
  row: number,
  open: PortPairs,
): boolean {
  const [sport, dport] = [table.portAt(row, 'origSrc'), table.portAt(row, 'origDst')];
  const [replyTo, replyFrom] = [table.portAt(row, 'replyDst'), table.portAt(row, 'replySrc')];
  return (
    open.has(sport, dport) ||
    open.has(dport, sport) ||
    open.has(replyFrom, replyTo) ||
    open.has(replyTo, replyFrom)
  );
}

/**
 * Addresses of this namespace: what is forwarded for others has no socket here. An address that one
 * connection in a hundred does not have is none of them: such a listing was put together from several.
 */
function ownAddresses(sockets: readonly CaptureOf<'ss'>[]): (address: string) => boolean {
  const counts = new Map<string, number>();
  let connections = 0;
  for (const { content } of sockets) {
    const { table } = content;
    for (let row = 0; row < Math.min(table.length, SAMPLE); row++) {
      if (table.stateAt(row) === 'LISTEN' || table.portAt(row, 'local') === null) continue;
      const address = normalizeAddress(table.addressAt(row, 'local'));
      counts.set(address, (counts.get(address) ?? 0) + 1);
      connections++;
    }
  }
  const own = new Set<string>();
  for (const [address, count] of counts) if (count * 100 >= connections) own.add(address);
  // IPv4 has one spelling in these tables.
  return (address) => own.has(address.includes(':') ? normalizeAddress(address) : address);
}

/** The time that an entry of each state begins with: the setting's, or the longest in the listing. */
function timeoutLimits(
  incident: Incident,
  { content: { table } }: CaptureOf<'conntrack'>,
): Record<OrphanState, number> {
  const limits = { ESTABLISHED: 0, CLOSE_WAIT: 0 };
  for (let row = 0; row < table.length; row++) {
    const state = table.stateAt(row);
    if (state !== 'ESTABLISHED' && state !== 'CLOSE_WAIT') continue;
    limits[state] = Math.max(limits[state], table.timeoutAt(row) ?? 0);
  }
  const setting = (name: string): number | null => {
    const value = incident.sysctl(`net.netfilter.nf_conntrack_tcp_timeout_${name}`);
    return value === null || !/^\d+$/.test(value) ? null : Number(value);
  };
  return {
    ESTABLISHED: setting('established') ?? limits.ESTABLISHED,
    CLOSE_WAIT: setting('close_wait') ?? limits.CLOSE_WAIT,
  };
}
