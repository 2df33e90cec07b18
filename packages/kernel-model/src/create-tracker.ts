import type { Tuple } from '@tuplescope/net';
import type { Behaviour } from './behaviour.ts';
import { behaviourOf } from './behaviour-of.ts';
import { overrideSysctls } from './check-sysctls.ts';
import type { CommitName } from './commit.ts';
import { type AddressBook, createAddressBook } from './conntrack/address-book.ts';
import { Conntrack } from './conntrack/conntrack.ts';
import type { Kernel } from './conntrack/kernel.ts';
import { limitsOf } from './conntrack/limits.ts';
import { createSegment, type Segment } from './conntrack/segment.ts';
import { packPorts, packScope } from './conntrack/tuple-hash.ts';
import { NOT_FOUND } from './conntrack/tuple-index.ts';
import { type Entry, type EntrySnapshot, showEntry, takeSnapshot } from './entry.ts';
import { findProfile } from './find-profile.ts';
import { makeVerdict, UNTRACKED } from './make-verdict.ts';
import type { Nat } from './nat/bind.ts';
import { compileRules } from './nat/compile-rules.ts';
import { createRandom } from './nat/random.ts';
import { readPacket } from './read-packet.ts';
import { defaultSysctls, type Sysctls } from './sysctls.ts';
import type { Tracker, TrackerOptions } from './tracker.ts';
import { TrackerError } from './tracker-error.ts';
import type { Verdict } from './verdict.ts';

/**
 * Makes a tracker that does with TCP packets what a kernel's conntrack does.
 *
 * @throws {TrackerError} `unknown-profile`, `bad-sysctl` or `bad-nat-rule`.
 * @example
 * const tracker = createTracker({ profile: '5.19.0' });
 * tracker.track({ at: 0, src: '10.0.0.1', sport: 44410, dst: '10.0.0.2', dport: 80, flags: 'S', seq: 1 }).ctstate
 * // 'NEW'
 */
export function createTracker(options: TrackerOptions): Tracker {
  const { behaviour, commits, sysctls } = kernelOf(options);
  const book = createAddressBook();
  const kernel: Kernel = { behaviour, limits: limitsOf(sysctls) };
  const conntrack = new Conntrack(kernel, natOf(options, behaviour, book));
  const { slab, outcome } = conntrack;
  /** The entry that the last packet met, as it was. */
  let met: EntrySnapshot | null = null;

  function show(slot: number, at: number): Entry {
    return showEntry(takeSnapshot(slab, slot), at, book);
  }

  function slotOf({ src, sport, dst, dport }: Tuple, at: number, zone: number): number {
    const from = book.read(src);
    const to = book.read(dst);
    if (from === null || to === null || from.family !== to.family) return NOT_FOUND;
    const scope = packScope(from.family, zone);
    const reference = conntrack.find(scope, from.number, to.number, packPorts(sport, dport), at);
    return reference === NOT_FOUND ? NOT_FOUND : reference >> 1;
  }

  function trackSegment(segment: Segment): Verdict {
    conntrack.meet(segment);
    met = outcome.met === NOT_FOUND ? null : takeSnapshot(slab, outcome.met);
    conntrack.decide(segment);
    return makeVerdict(conntrack, commits, segment, met, book);
  }

  return {
    sysctls,
    addresses: book,
    track(packet) {
      if (packet.untracked) return UNTRACKED;
      const segment = createSegment();
      readPacket(packet, book, segment);
      return trackSegment(segment);
    },
    trackSegment,
    takeBack() {
      conntrack.takeBack(met);
      met = null;
    },
    judge: (segment) => conntrack.judge(segment).ctstate,
    segmentOf(packet) {
      const segment = createSegment();
      readPacket(packet, book, segment);
      return segment;
    },
    entries(at) {
      const list: Entry[] = [];
      for (let slot = 0; slot < slab.top; slot++) {
        if (slab.isAlive(slot) && slab.expires(slot) > at) list.push(show(slot, at));
      }
      return list;
    },
    find(tuple, at, zone = 0) {
      const slot = slotOf(tuple, at, zone);
      return slot === NOT_FOUND ? null : show(slot, at);
    },
    delete(tuple, at, zone = 0) {
      const slot = slotOf(tuple, at, zone);
      if (slot === NOT_FOUND) return null;
      const entry = show(slot, at);
      conntrack.remove(slot);
      return entry;
    },
    expire(at) {
      outcome.events.length = 0;
      conntrack.sweep(at);
      return [...outcome.events];
    },
    get size() {
      return slab.size;
    },
    get byteLength() {
      return conntrack.byteLength;
    },
  };
}

interface KernelParts {
  readonly behaviour: Behaviour;
  /** null where only switches were given. */
  readonly commits: readonly CommitName[] | null;
  readonly sysctls: Sysctls;
}

function kernelOf({ profile, behaviour, sysctls }: TrackerOptions): KernelParts {
  if (behaviour !== undefined) {
    const commits: readonly CommitName[] = behaviour.ignoreRstSysctl ? ['ignore-rst-sysctl'] : [];
    return { behaviour, commits: null, sysctls: overrideSysctls(defaultSysctls(commits), sysctls) };
  }
  if (profile === undefined) {
    throw new TrackerError('unknown-profile', 'profile', profile, 'a profile or switches');
  }
  const found = findProfile(profile);
  return {
    behaviour: behaviourOf(found),
    commits: found.commits,
    sysctls: overrideSysctls(found.sysctls, sysctls),
  };
}

function natOf(
  { nat, seed = 0 }: TrackerOptions,
  behaviour: Behaviour,
  book: AddressBook,
): Nat | null {
  if (nat === undefined) return null;
  return {
    rules: compileRules(nat, book),
    book,
    random: createRandom(seed),
    evictClosing: behaviour.nat.evictClosing,
    dstPortFromStart: behaviour.nat.dstPortFromStart,
  };
}
