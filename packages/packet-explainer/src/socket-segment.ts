import type { SocketSegment } from '@tuplescope/kernel-model';
import type { ExplainedCapture } from './capture-source.ts';
import type { TrackedPacket } from './course.ts';

/** Brings a packet into the form that sockets take, with the options that its first sighting shows. */
export function socketSegment(
  { packet, tuple, numbers }: TrackedPacket,
  captures: readonly ExplainedCapture[],
): SocketSegment {
  const { flags, len, sightings } = packet;
  const [first] = sightings;
  const record = first === undefined ? null : captures[first.captureIndex]?.segments.at(first.row);
  return {
    ...tuple,
    flags,
    seq: numbers.seq,
    ...(flags.includes('A') ? { ack: numbers.ack } : {}),
    win: record?.win ?? 0,
    len,
    ...(record?.options === undefined ? {} : { options: record.options }),
    ...(record?.ipId === undefined ? {} : { ipId: record.ipId }),
  };
}
