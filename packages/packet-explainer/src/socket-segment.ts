import type { SocketSegment } from '@tuplescope/kernel-model';
import type { ExplainedCapture } from './capture-source.ts';
import type { TrackedPacket } from './course.ts';

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Brings a packet into the form that sockets take, with the options that its first sighting shows. */
export function socketSegment(
  { packet, tuple, numbers }: TrackedPacket,
  captures: readonly ExplainedCapture[],
): SocketSegment {
  const { flags, len, sightings } = packet;
  const { src, sport, dst, dport } = tuple;
  const [first] = sightings;
  const record = first === undefined ? null : captures[first.captureIndex]?.segments.at(first.row);
  const win = record?.win ?? 0;
  // Field by field: to spread parts of an object takes longer than all that a socket does with it.
  const segment: Mutable<SocketSegment> = {
    src,
    sport,
    dst,
    dport,
    flags,
    seq: numbers.seq,
    win,
    len,
  };
  if (flags.includes('A')) segment.ack = numbers.ack;
  if (record?.options !== undefined) segment.options = record.options;
  if (record?.ipId !== undefined) segment.ipId = record.ipId;
  return segment;
}
