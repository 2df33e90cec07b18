import type { CapturedSegment, ConversationPacket, Sighting } from '@tuplescope/conversation';
import type { ExplainedCapture } from './capture-source.ts';
import type { PacketReference } from './explanation.ts';

/** Says where a reader finds a packet: in the first capture file that has it, else in a text. */
export function referenceTo(
  captures: readonly ExplainedCapture[],
  { sightings }: Pick<ConversationPacket, 'sightings'>,
): PacketReference {
  const { capture, n } = mainSighting(captures, sightings) ?? { capture: '', n: 0 };
  return { file: capture, n };
}

/** Gives the sighting that stands for a packet: the first in a capture file, else in a text. */
export function mainSighting(
  captures: readonly ExplainedCapture[],
  sightings: readonly Sighting[],
): Sighting | undefined {
  const inFile = sightings.find(({ captureIndex }) => captures[captureIndex]?.segments.columns);
  return inFile ?? sightings[0];
}

/** Makes the record of the sighting that stands for a packet. */
export function segmentOf(
  captures: readonly ExplainedCapture[],
  { sightings }: Pick<ConversationPacket, 'sightings'>,
): CapturedSegment {
  const sighting = mainSighting(captures, sightings);
  const record = captures[sighting?.captureIndex ?? -1]?.segments.at(sighting?.row ?? 0);
  if (record === undefined) throw new RangeError('a packet of captures that are not these');
  return record;
}
