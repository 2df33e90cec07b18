import type { Conversation, Conversations } from '@tuplescope/conversation';
import type { PlacedPacket } from './course.ts';

/**
 * Lays the packets of conversations that followed each other into one order of time. Within a
 * conversation their order stays, also where the times of a capture run backwards.
 */
export function lineagePackets(
  conversations: Conversations,
  members: readonly Conversation[],
): PlacedPacket[] {
  const placed: PlacedPacket[] = [];
  for (const conversation of members) {
    for (const packet of conversations.packetsOf(conversation.id)) {
      placed.push({ conversation, packet });
    }
  }
  return overlap(members) ? inTime(placed) : placed;
}

/** Whether a conversation began before the one before it ended. */
function overlap(members: readonly Conversation[]): boolean {
  return members.some(({ first }, i) => {
    const last = members[i - 1]?.last;
    return first === null || (last !== undefined && (last === null || last > first));
  });
}

function inTime(placed: readonly PlacedPacket[]): PlacedPacket[] {
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
