import type { Ctstate, PacketMatch, PortRange } from '@tuplescope/kernel-model';
import { meetPrefixes, readPrefix } from './prefix.ts';

/** Packets that meet every one of some conditions; a condition left out says nothing. */
export type PacketBox = PacketMatch;

/**
 * Gives the packets that are in both of two boxes, or null where none can be.
 *
 * @example
 * intersect({ dport: [1, 100] }, { dport: [80, 443], owner: 0 }) // { dport: [80, 100], owner: 0 }
 */
export function intersect(a: PacketBox, b: PacketBox): PacketBox | null {
  const met = {
    src: meet(a.src, b.src, meetPrefixes),
    dst: meet(a.dst, b.dst, meetPrefixes),
    sport: meet(a.sport, b.sport, meetPorts),
    dport: meet(a.dport, b.dport, meetPorts),
    interface: meet(a.interface, b.interface, meetValues),
    owner: meet(a.owner, b.owner, meetValues),
    ctstate: meet(a.ctstate, b.ctstate, meetStates),
    flags: meet(a.flags, b.flags, (x, y) => [...new Set(x + y)].sort().join('')),
  };
  const said = Object.entries(met).filter(([, value]) => value !== undefined);
  if (met.src && met.dst && met.src.includes(':') !== met.dst.includes(':')) return null;
  return said.some(([, value]) => value === null) ? null : Object.fromEntries(said);
}

/**
 * Says whether every packet of one box is in another.
 *
 * @example
 * isWithin({ dport: 80 }, { dport: [1, 100] }) // true
 */
export function isWithin(inner: PacketBox, outer: PacketBox): boolean {
  const both = intersect(inner, outer);
  return both !== null && keyOf(both) === keyOf(inner);
}

/** What two conditions of one kind have in common: null is nothing, and undefined no condition. */
function meet<Value>(
  a: Value | undefined,
  b: Value | undefined,
  both: (a: Value, b: Value) => Value | null,
): Value | null | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return both(a, b);
}

function meetValues<Value>(a: Value, b: Value): Value | null {
  return a === b ? a : null;
}

function meetPorts(a: PortRange, b: PortRange): PortRange | null {
  const [x, y] = [rangeOf(a), rangeOf(b)];
  const [first, last] = [Math.max(x[0], y[0]), Math.min(x[1], y[1])];
  if (first > last) return null;
  return first === last ? first : [first, last];
}

function rangeOf(ports: PortRange): readonly [first: number, last: number] {
  return typeof ports === 'number' ? [ports, ports] : ports;
}

function meetStates(a: readonly Ctstate[], b: readonly Ctstate[]): readonly Ctstate[] | null {
  const both = a.filter((state) => b.includes(state));
  return both.length === 0 ? null : both;
}

/** A text that is equal for boxes of the same packets. */
function keyOf({ src, dst, sport, dport, ctstate, flags, ...rest }: PacketBox): string {
  return JSON.stringify([
    src === undefined ? null : readPrefix(src)?.text,
    dst === undefined ? null : readPrefix(dst)?.text,
    sport === undefined ? null : rangeOf(sport),
    dport === undefined ? null : rangeOf(dport),
    ctstate?.toSorted(),
    [...(flags ?? '')].sort(),
    rest.interface,
    rest.owner,
  ]);
}
