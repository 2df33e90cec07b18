import { isAfter } from '@tuplescope/net';
import type { EntrySnapshot } from '../entry.ts';
import { type Binding, bind, type Nat, type TupleUse } from '../nat/bind.ts';
import { type Connection, createConnection } from './connection.ts';
import {
  type ConntrackEvent,
  DESTROY_EVENTS,
  NEW_EVENTS,
  PLAIN_DESTROY,
  PLAIN_UPDATE,
  UPDATE_EVENTS,
} from './conntrack-event.ts';
import { type DirectionNumber, ORIGINAL, REPLY } from './direction.ts';
import { EntrySlab } from './entry-slab.ts';
import { passesHeaderCheck } from './header-check.ts';
import type { Kernel } from './kernel.ts';
import { clearOutcome, createOutcome, type Outcome } from './outcome.ts';
import type { Segment } from './segment.ts';
import { CLASS_SYN, segmentClass } from './segment-class.ts';
import { endOf } from './sequence.ts';
import { ASSURED, CONFIRMED, SEEN_REPLY, SRC_NAT } from './status.ts';
import { beginConnection } from './tcp-new.ts';
import { trackTcp } from './tcp-packet.ts';
import { CLOSE, TIME_WAIT } from './tcp-state.ts';
import { ACCEPT_AND_KILL, INVALID, REPEAT } from './tcp-verdict.ts';
import { clearTrace, createTrace, decide, type Trace } from './trace.ts';
import { packPorts, packScope } from './tuple-hash.ts';
import { NOT_FOUND, TupleIndex } from './tuple-index.ts';

/**
 * The connection tracking of one network namespace: the table and what is done with each packet.
 * Works in numbers and makes no garbage; outcome and trace are written anew for each packet.
 */
export class Conntrack implements TupleUse {
  readonly kernel: Kernel;
  readonly slab: EntrySlab = new EntrySlab();
  readonly outcome: Outcome = createOutcome();
  readonly trace: Trace = createTrace();
  readonly #index = new TupleIndex(this.slab);
  readonly #work = createConnection();
  readonly #nat: Nat | null;
  #now = 0;

  constructor(kernel: Kernel, nat: Nat | null) {
    this.kernel = kernel;
    this.#nat = nat;
  }

  /** Bytes that the entries and their index take. */
  get byteLength(): number {
    return this.slab.byteLength + this.#index.byteLength;
  }

  /** Judges a packet: finds the entry that it meets and decides. */
  judge(segment: Segment): Outcome {
    this.meet(segment);
    return this.decide(segment);
  }

  /** Begins a packet: looks its tuple up in both directions. */
  meet(segment: Segment): void {
    const { outcome } = this;
    this.#now = segment.at;
    clearOutcome(outcome);
    clearTrace(this.trace);
    const reference = this.find(
      packScope(segment.family, segment.zone),
      segment.src | 0,
      segment.dst | 0,
      packPorts(segment.sport, segment.dport),
      segment.at,
    );
    if (reference === NOT_FOUND) return;
    outcome.met = reference >> 1;
    outcome.direction = (reference & 1) as DirectionNumber;
  }

  /** Ends a packet that `meet` began: header checks, TCP tracking, NAT and confirmation. */
  decide(segment: Segment): Outcome {
    const { outcome } = this;
    if (!passesHeaderCheck(this.kernel, segment, this.trace)) return outcome;
    if (outcome.met !== NOT_FOUND && this.#continues(segment)) return outcome;
    this.#begin(segment);
    return outcome;
  }

  /** Finds a live entry by a tuple, or NOT_FOUND; those that have timed out are removed on sight. */
  find(scope: number, src: number, dst: number, ports: number, now: number): number {
    for (;;) {
      const reference = this.#index.find(scope, src, dst, ports);
      if (reference === NOT_FOUND || this.slab.expires(reference >> 1) > now) return reference;
      this.remove(reference >> 1);
    }
  }

  /** Removes an entry and tells; what it held can be read until its slot is taken again. */
  remove(slot: number): void {
    this.outcome.events.push(this.#destroyEvent(this.slab.state(slot)));
    this.#index.remove(slot, ORIGINAL);
    this.#index.remove(slot, REPLY);
    this.slab.free(slot);
  }

  /** Takes the last packet back: its new entry goes, and the one that it met is as it was. */
  takeBack(met: EntrySnapshot | null): void {
    const { outcome, slab } = this;
    // A new entry may have the slot of the one that gave way to it.
    const isNew = outcome.repeated || outcome.met === NOT_FOUND;
    if (isNew && outcome.slot !== NOT_FOUND) this.remove(outcome.slot);
    clearOutcome(outcome);
    if (met === null) return;
    const { scope, original, reply, connection } = met;
    const reference = this.find(scope, original.src, original.dst, original.ports, this.#now);
    if (reference !== NOT_FOUND) {
      slab.save(reference >> 1, connection);
      return;
    }
    const slot = slab.take(
      scope,
      original.src,
      original.dst,
      original.ports,
      reply.src,
      reply.dst,
      reply.ports,
    );
    this.#fill(slot, connection);
  }

  /** Removes every entry that has timed out. */
  sweep(now: number): void {
    const { slab } = this;
    for (let slot = 0; slot < slab.top; slot++) {
      if (slab.isAlive(slot) && slab.expires(slot) <= now) this.remove(slot);
    }
  }

  isTaken(family: number, zone: number, { src, sport, dst, dport }: Binding): boolean {
    const scope = packScope(family, zone);
    return this.find(scope, dst | 0, src | 0, packPorts(dport, sport), this.#now) !== NOT_FOUND;
  }

  /** evict-closing-reply: a closing entry with source NAT gives way to a SYN that is ahead of it. */
  evict(family: number, zone: number, binding: Binding, segment: Segment): boolean {
    const { src, sport, dst, dport } = binding;
    const scope = packScope(family, zone);
    const reference = this.find(scope, dst | 0, src | 0, packPorts(dport, sport), this.#now);
    const slot = reference >> 1;
    const state = this.slab.state(slot);
    const closing = state === TIME_WAIT || state === CLOSE;
    if (!closing || !(this.slab.status(slot) & SRC_NAT)) return false;
    if (segmentClass(segment.flags) !== CLASS_SYN) return false;
    if (!isAfter(endOf(segment), this.slab.originalEnd(slot))) return false;
    this.remove(slot);
    return true;
  }

  /** Judges a packet of the entry that was met; false where that one gave way to a new entry. */
  #continues(segment: Segment): boolean {
    const { outcome, slab, trace } = this;
    const { met, direction } = outcome;
    const connection = this.#work;
    slab.load(met, connection);
    const { status } = connection;
    const verdict = trackTcp(this.kernel, connection, segment, direction, trace);
    if (verdict === REPEAT) {
      this.remove(met);
      outcome.repeated = true;
      return false;
    }
    if (verdict === INVALID) {
      slab.save(met, connection);
      return true;
    }
    // ctinfo is that of the lookup: the first reply makes the next packet ESTABLISHED, and itself.
    const replied = direction === REPLY || (status & SEEN_REPLY) !== 0;
    outcome.ctstate = replied ? 'ESTABLISHED' : 'NEW';
    outcome.slot = met;
    if (direction === REPLY) connection.status |= SEEN_REPLY;
    slab.save(met, connection);
    if (verdict === ACCEPT_AND_KILL) {
      outcome.killed = true;
      this.remove(met);
    } else {
      this.#tellUpdate(connection, status);
    }
    return true;
  }

  /** An UPDATE tells the state where it changed, the first reply and ASSURED. */
  #tellUpdate({ state, status }: Connection, statusBefore: number): void {
    const { events } = this.outcome;
    if (this.trace.changed) events.push(UPDATE_EVENTS[state] as ConntrackEvent);
    else if ((status ^ statusBefore) & (SEEN_REPLY | ASSURED)) events.push(PLAIN_UPDATE);
  }

  /** Judges the first packet of a connection, translates and confirms it. */
  #begin(segment: Segment): void {
    const { outcome, slab, trace, kernel } = this;
    const connection = this.#work;
    const index = segmentClass(segment.flags);
    if (!beginConnection(kernel, connection, segment, index, trace)) return;
    if (trackTcp(kernel, connection, segment, ORIGINAL, trace) === INVALID) return;
    const binding = this.#nat === null ? null : bind(this.#nat, segment, this);
    const scope = packScope(segment.family, segment.zone);
    const ports = packPorts(segment.sport, segment.dport);
    const src = segment.src | 0;
    const dst = segment.dst | 0;
    const replySrc = binding === null ? dst : binding.dst | 0;
    const replyDst = binding === null ? src : binding.src | 0;
    const replyPorts =
      binding === null
        ? packPorts(segment.dport, segment.sport)
        : packPorts(binding.dport, binding.sport);
    if (this.find(scope, replySrc, replyDst, replyPorts, segment.at) !== NOT_FOUND) {
      decide(trace, 'insert-failed', 0, 0);
      outcome.ctstate = 'NEW';
      outcome.dropped = true;
      return;
    }
    if (slab.isFull) this.#makeRoom(segment.at);
    connection.status |= CONFIRMED | (binding?.status ?? 0);
    const slot = slab.take(scope, src, dst, ports, replySrc, replyDst, replyPorts);
    this.#fill(slot, connection);
    const opened = index === CLASS_SYN ? 'new-connection' : 'picked-up';
    decide(trace, outcome.repeated ? 'reopened' : opened, 0, 0);
    outcome.ctstate = 'NEW';
    outcome.direction = ORIGINAL;
    outcome.slot = slot;
    outcome.events.push(NEW_EVENTS[connection.state] as ConntrackEvent);
  }

  /** Puts a connection into a slot that was taken for it, where both its tuples find it. */
  #fill(slot: number, connection: Connection): void {
    this.slab.save(slot, connection);
    this.#index.add(slot, ORIGINAL);
    this.#index.add(slot, REPLY);
  }

  /** Before more memory is taken, what has timed out is thrown out. */
  #makeRoom(now: number): void {
    this.sweep(now);
    if (this.slab.size * 4 > this.slab.top * 3) this.slab.grow();
  }

  #destroyEvent(state: number): ConntrackEvent {
    return this.kernel.behaviour.events.destroyState
      ? (DESTROY_EVENTS[state] as ConntrackEvent)
      : PLAIN_DESTROY;
  }
}
