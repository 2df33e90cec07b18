import type { Conversations } from '@tuplescope/conversation';
import type { PlacedPacket } from './course.ts';

/**
 * Lays the packets of conversations that followed each other into one order of time. Within a
 * conversation their order stays, also where the times of a capture run backwards.
 */
export function lineagePackets(
  conversations: Conversations,
  ids: readonly number[],
): PlacedPacket[] {
  const placed: PlacedPacket[] = [];
  for (const id of ids) {
    const conversation = conversations.at(id);
    for (const packet of conversations.packetsOf(id)) placed.push({ conversation, packet });
  }
  if (ids.length === 1) return placed;
  const times = new Float64Array(placed.length);
  let latest = Number.NEGATIVE_INFINITY;
  for (const [i, { packet }] of placed.entries()) {
    if (packet.index === 0) latest = Number.NEGATIVE_INFINITY;
    latest = Math.max(latest, packet.at ?? latest);
    times[i] = latest;
  }
  const order = Array.from(placed.keys()).sort(
    (a, b) => (times[a] as number) - (times[b] as number) || a - b,
  );
  return order.map((i) => placed[i] as PlacedPacket);
}
