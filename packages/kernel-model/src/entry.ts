import type { Tuple } from '@tuplescope/net';
import type { AddressBook } from './conntrack/address-book.ts';
import { type Connection, createConnection } from './conntrack/connection.ts';
import { type DirectionNumber, ORIGINAL, REPLY } from './conntrack/direction.ts';
import type { EntrySlab } from './conntrack/entry-slab.ts';
import { ASSURED, SEEN_REPLY } from './conntrack/status.ts';
import { type TcpState, tcpStateName } from './conntrack/tcp-state.ts';

/** An entry as `conntrack -L` and ctnetlink show it. */
export interface Entry {
  readonly state: TcpState;
  /** Seconds left, whole ones. */
  readonly timeout: number;
  readonly assured: boolean;
  readonly unreplied: boolean;
  /** IPS_* bits. */
  readonly status: number;
  /** IP_CT_TCP_FLAG_* bits of the original and of the reply side. */
  readonly flags: readonly [original: number, reply: number];
  /** Window scale of the original and of the reply side. */
  readonly wscale: readonly [original: number, reply: number];
  readonly zone: number;
  readonly original: Tuple;
  readonly reply: Tuple;
}

/** What a slot held at one moment, in numbers; made into an entry when somebody looks. */
export interface EntrySnapshot {
  readonly connection: Connection;
  readonly scope: number;
  readonly original: TupleNumbers;
  readonly reply: TupleNumbers;
}

interface TupleNumbers {
  readonly src: number;
  readonly dst: number;
  readonly ports: number;
}

/** Copies what a slot holds. */
export function takeSnapshot(slab: EntrySlab, slot: number): EntrySnapshot {
  const connection = createConnection();
  slab.load(slot, connection);
  return {
    connection,
    scope: slab.scope(slot),
    original: takeTuple(slab, slot, ORIGINAL),
    reply: takeTuple(slab, slot, REPLY),
  };
}

/** Shows what a slot held, with the seconds that were left then. */
export function showEntry(snapshot: EntrySnapshot, now: number, book: AddressBook): Entry {
  const { connection, scope } = snapshot;
  const { status, original, reply } = connection;
  return {
    state: tcpStateName(connection.state),
    timeout: Math.max(0, Math.floor(connection.expires - now)),
    assured: (status & ASSURED) !== 0,
    unreplied: (status & SEEN_REPLY) === 0,
    status,
    flags: [original.flags, reply.flags],
    wscale: [original.scale, reply.scale],
    zone: scope & 0xffff,
    original: showTuple(snapshot.original, scope, book),
    reply: showTuple(snapshot.reply, scope, book),
  };
}

/** Shows a tuple of a slot's address family. */
export function showTuple(
  { src, dst, ports }: TupleNumbers,
  scope: number,
  book: AddressBook,
): Tuple {
  const family = scope >>> 16;
  return {
    src: book.text(family, src),
    sport: ports >>> 16,
    dst: book.text(family, dst),
    dport: ports & 0xffff,
  };
}

/** Copies one of a slot's tuples. */
export function takeTuple(slab: EntrySlab, slot: number, direction: DirectionNumber): TupleNumbers {
  return {
    src: slab.src(slot, direction),
    dst: slab.dst(slot, direction),
    ports: slab.ports(slot, direction),
  };
}

/**
 * Writes an entry as `conntrack -L` prints it.
 *
 * @example
 * formatEntry(entry)
 * // 'tcp      6 120 SYN_SENT src=10.0.0.1 dst=10.0.0.2 sport=1 dport=80 [UNREPLIED] src=10.0.0.2 dst=10.0.0.1 sport=80 dport=1 mark=0 use=1'
 */
export function formatEntry(entry: Entry): string {
  return [
    `tcp      6 ${entry.timeout} ${entry.state} ${formatTuple(entry.original)}`,
    ...(entry.unreplied ? ['[UNREPLIED]'] : []),
    formatTuple(entry.reply),
    ...(entry.assured ? ['[ASSURED]'] : []),
    'mark=0',
    ...(entry.zone === 0 ? [] : [`zone=${entry.zone}`]),
    'use=1',
  ].join(' ');
}

function formatTuple({ src, dst, sport, dport }: Tuple): string {
  return `src=${src} dst=${dst} sport=${sport} dport=${dport}`;
}
