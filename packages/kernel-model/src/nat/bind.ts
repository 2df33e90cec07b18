import type { AddressBook } from '../conntrack/address-book.ts';
import { IPV4, type Segment } from '../conntrack/segment.ts';
import { DST_NAT, DST_NAT_DONE, SRC_NAT, SRC_NAT_DONE } from '../conntrack/status.ts';
import { choosePort, portsLike } from './choose-port.ts';
import type { CompiledMatch, CompiledRule } from './compile-rules.ts';
import { isUnder } from './prefix.ts';
import type { Random } from './random.ts';

/** The tuple that a new connection's packets leave with, and the status bits that tell. */
export interface Binding {
  src: number;
  dst: number;
  sport: number;
  dport: number;
  status: number;
}

/** What the search for a tuple asks of the table. */
export interface TupleUse {
  /** Whether a live entry answers with the tuple that an answer to this one would have. */
  isTaken(family: number, zone: number, binding: Binding): boolean;
  /** Whether that entry is closing and may be thrown out; it is gone then. */
  evict(family: number, zone: number, binding: Binding, segment: Segment): boolean;
}

/** NAT as a tracker carries it. */
export interface Nat {
  readonly rules: readonly CompiledRule[];
  readonly book: AddressBook;
  readonly random: Random;
  /** evict-closing-reply. */
  readonly evictClosing: boolean;
  /** dst-port-from-start. */
  readonly dstPortFromStart: boolean;
}

/** 127.0.0.1 */
const LOOPBACK = 0x7f000001;

/**
 * Decides the translation of a new connection, first its destination, then its source. Without a rule
 * nothing changes, except that the source port gives way where the reply tuple is taken by a live
 * entry: the implicit source NAT that a redirect to one address and port leads to.
 */
export function bind(nat: Nat, segment: Segment, use: TupleUse): Binding {
  const binding: Binding = {
    src: segment.src,
    dst: segment.dst,
    sport: segment.sport,
    dport: segment.dport,
    status: SRC_NAT_DONE | DST_NAT_DONE,
  };
  bindDestination(nat, segment, binding, use);
  bindSource(nat, segment, binding, use);
  if (binding.dst !== segment.dst || binding.dport !== segment.dport) binding.status |= DST_NAT;
  if (binding.src !== segment.src || binding.sport !== segment.sport) binding.status |= SRC_NAT;
  return binding;
}

function bindDestination(nat: Nat, segment: Segment, binding: Binding, use: TupleUse): void {
  const rule = firstMatch(nat, segment.received ? 'prerouting' : 'output', segment, binding);
  if (rule === null || rule.kind === 'accept') return;
  if (rule.kind === 'redirect') binding.dst = redirectAddress(nat, rule, segment);
  else if (rule.address !== null) binding.dst = rule.address.number;
  const { ports } = rule;
  if (ports === null) return;
  const [first, last] = ports;
  if (first === last) {
    // One address and one port: nobody asks whether the tuple is taken.
    binding.dport = first;
    return;
  }
  const inRange = binding.dport >= first && binding.dport <= last;
  if (inRange && !use.isTaken(segment.family, segment.zone, binding)) return;
  binding.dport = choosePort(ports, nat.dstPortFromStart, nat.random, (candidate, evict) => {
    binding.dport = candidate;
    return clashes(nat, segment, binding, use, evict);
  });
}

function bindSource(nat: Nat, segment: Segment, binding: Binding, use: TupleUse): void {
  const rule = firstMatch(nat, 'postrouting', segment, binding);
  const chosen = rule === null || rule.kind === 'accept' ? null : rule;
  if (chosen?.address) binding.src = chosen.address.number;
  const ports = chosen?.ports ?? null;
  const inRange = ports === null || (binding.sport >= ports[0] && binding.sport <= ports[1]);
  if (inRange && !use.isTaken(segment.family, segment.zone, binding)) return;
  const range = ports ?? portsLike(binding.sport);
  binding.sport = choosePort(range, false, nat.random, (candidate, evict) => {
    binding.sport = candidate;
    return clashes(nat, segment, binding, use, evict);
  });
}

function clashes(
  nat: Nat,
  segment: Segment,
  binding: Binding,
  use: TupleUse,
  evict: boolean,
): boolean {
  const { family, zone } = segment;
  if (!use.isTaken(family, zone, binding)) return false;
  return !(evict && nat.evictClosing && use.evict(family, zone, binding, segment));
}

function redirectAddress(nat: Nat, rule: CompiledRule, segment: Segment): number {
  if (rule.address !== null) return rule.address.number;
  if (segment.received) return segment.dst;
  return segment.family === IPV4 ? LOOPBACK : (nat.book.read('::1')?.number ?? segment.dst);
}

function firstMatch(
  nat: Nat,
  hook: CompiledRule['hook'],
  segment: Segment,
  binding: Binding,
): CompiledRule | null {
  for (const rule of nat.rules) {
    if (rule.hook !== hook || !fits(rule.match, segment, binding, nat.book)) continue;
    if (rule.address !== null && rule.address.family !== segment.family) continue;
    if (!rule.except.some((match) => fits(match, segment, binding, nat.book))) return rule;
  }
  return null;
}

function fits(
  match: CompiledMatch,
  segment: Segment,
  binding: Binding,
  book: AddressBook,
): boolean {
  const { family } = segment;
  return (
    (match.src === null || isUnder(match.src, family, binding.src, book)) &&
    (match.dst === null || isUnder(match.dst, family, binding.dst, book)) &&
    (match.sport === null || within(match.sport, binding.sport)) &&
    (match.dport === null || within(match.dport, binding.dport)) &&
    (match.interface === null || match.interface === segment.interface) &&
    (match.owner === null || match.owner === segment.owner)
  );
}

function within([first, last]: readonly [number, number], port: number): boolean {
  return port >= first && port <= last;
}
