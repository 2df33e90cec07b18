import type { Tuple } from '@tuplescope/net';
import type { AddressBook } from './conntrack/address-book.ts';
import type { Connection } from './conntrack/connection.ts';
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

/** Shows a connection with the tuples of its slot. */
export function showEntry(
  slab: EntrySlab,
  slot: number,
  connection: Connection,
  now: number,
  book: AddressBook,
): Entry {
  const { status, original, reply } = connection;
  return {
    state: tcpStateName(connection.state),
    timeout: Math.max(0, Math.floor(connection.expires - now)),
    assured: (status & ASSURED) !== 0,
    unreplied: (status & SEEN_REPLY) === 0,
    status,
    flags: [original.flags, reply.flags],
    wscale: [original.scale, reply.scale],
    zone: slab.scope(slot) & 0xffff,
    original: showTuple(slab, slot, ORIGINAL, book),
    reply: showTuple(slab, slot, REPLY, book),
  };
}

/** Shows one of a slot's tuples. */
export function showTuple(
  slab: EntrySlab,
  slot: number,
  direction: DirectionNumber,
  book: AddressBook,
): Tuple {
  const family = slab.scope(slot) >>> 16;
  const ports = slab.ports(slot, direction);
  return {
    src: book.text(family, slab.src(slot, direction)),
    sport: ports >>> 16,
    dst: book.text(family, slab.dst(slot, direction)),
    dport: ports & 0xffff,
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
