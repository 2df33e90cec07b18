import type { PacketSegment } from '@tuplescope/incident';
import { addSerial } from '@tuplescope/net';

/** Gives a number as it was on the wire, or null where the text shows a relative one alone, or none. */
export function wireNumber(segment: PacketSegment, field: 'seq' | 'ack'): number | null {
  const { absolute, relative } = segment;
  return absolute?.[field] ?? (relative === true ? null : (segment[field] ?? null));
}

/** Gives the number after a segment: SYN and FIN take one each. */
export function numberAfter(segment: PacketSegment): number | null {
  const seq = wireNumber(segment, 'seq');
  if (seq === null) return null;
  const extra = [...segment.flags].filter((flag) => flag === 'S' || flag === 'F').length;
  return addSerial(seq, segment.len + extra);
}

/** Says whether a segment acknowledges a SYN; a text that counts from the SYN prints 1. */
export function acknowledgesSyn(segment: PacketSegment, isn: number): boolean {
  const ack = wireNumber(segment, 'ack');
  return ack === null ? segment.ack === undefined || segment.ack === 1 : ack === addSerial(isn, 1);
}

/** A SYN that asks for a connection. */
export function isSyn({ flags }: PacketSegment): boolean {
  return flags.includes('S') && !flags.includes('A');
}

/** A bare ACK that answers a SYN without acknowledging it: of an older connection (RFC 5961). */
export function isChallenge(segment: PacketSegment, isn: number): boolean {
  return segment.flags === 'A' && segment.len === 0 && !acknowledgesSyn(segment, isn);
}
