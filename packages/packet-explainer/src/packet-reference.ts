import type { ConversationPacket } from '@tuplescope/conversation';
import type { ExplainedCapture } from './capture-source.ts';
import type { PacketReference } from './explanation.ts';

/** Says where a reader finds a packet: in the first capture file that has it, else in a text. */
export function referenceTo(
  captures: readonly ExplainedCapture[],
  { sightings }: Pick<ConversationPacket, 'sightings'>,
): PacketReference {
  const inFile = sightings.find(({ captureIndex }) => captures[captureIndex]?.segments.columns);
  const { capture, n } = inFile ?? sightings[0] ?? { capture: '', n: 0 };
  return { file: capture, n };
}
