import type { Conversation, ConversationPacket } from '@tuplescope/conversation';
import { createSegment, type Tracker } from '@tuplescope/kernel-model';
import type { PlacedPacket, TrackedPacket } from './course.ts';
import type { Explaining } from './explaining.ts';
import { type SegmentMaker, segmentMaker } from './fill-segment.ts';
import { goneEntries } from './gone-entries.ts';
import { judgePacket } from './judge-packet.ts';
import { forget, lineageTracker, ruleName } from './lineage-tracker.ts';
import { seenTranslation } from './seen-translation.ts';
import { type SynTimer, synTimer } from './syn-timer.ts';

/** What is asked of a conversation's packets. */
interface Part {
  readonly name: string;
  readonly maker: SegmentMaker;
  readonly seen: ReturnType<typeof seenTranslation>;
  readonly syns: SynTimer;
}

/** Nothing refreshed an entry before its first packet. */
const NEVER = Number.NEGATIVE_INFINITY;

/**
 * Lets a tracker judge the packets of conversations that followed each other, in the order of time,
 * and compares its verdicts with what the captures show. Where they differ, the tracker goes on as
 * the captured kernel did, so that one packet contradicts once.
 *
 * @param packets of all conversations, in the order of time.
 */
export function* trackLineage(
  explaining: Explaining,
  conversations: readonly Conversation[],
  packets: readonly PlacedPacket[],
): Generator<TrackedPacket> {
  const tracker = lineageTracker(explaining, conversations);
  const gone = goneEntries(tracker, explaining.evidence, conversations);
  const translated = packetsOfTranslated(packets);
  const parts = new Map<number, Part>();
  let last = NEVER;
  for (const placed of packets) {
    const { conversation, packet } = placed;
    const own = translated.get(conversation.id) ?? [];
    const part = parts.get(conversation.id) ?? partOf(explaining, conversation, own, tracker);
    const isFirst = !parts.has(conversation.id);
    parts.set(conversation.id, part);
    const { maker, seen, syns } = part;
    const tuple = maker.tuples[packet.direction];
    const at = packet.at ?? Math.max(last, 0);
    gone.deleteUntil(at);
    const segment = createSegment();
    segment.interface = part.name;
    const late = syns.contradiction(packet);
    const older = parts.get(packet.older?.conversation ?? -1)?.maker ?? null;
    maker.fill(packet, at, segment, older);
    const numbers = { seq: segment.seq >>> 0, ack: segment.ack >>> 0 };
    const asked = { tracker, segment, idle: at - last, isFirst, seen: seen(packet) };
    const judged = judgePacket(explaining, conversation, maker, asked);
    // Spelled out, because to spread three objects takes longer than to judge a packet.
    yield {
      conversation,
      packet,
      tuple,
      numbers,
      ctstate: judged.ctstate,
      verdict: judged.verdict,
      seenTranslated: judged.seenTranslated,
      assumption: judged.assumption,
      contradiction: judged.contradiction ?? late,
    };
    gone.refresh(maker.tuples.original, at);
    last = at;
  }
  if (tracker === explaining.plain) for (const { maker } of parts.values()) forget(tracker, maker);
}

/** The packets of each translated conversation, which tell how the captures see it. */
function packetsOfTranslated(packets: readonly PlacedPacket[]): Map<number, ConversationPacket[]> {
  const byConversation = new Map<number, ConversationPacket[]>();
  for (const { conversation, packet } of packets) {
    if (conversation.translated === null) continue;
    const own = byConversation.get(conversation.id);
    if (own === undefined) byConversation.set(conversation.id, [packet]);
    else own.push(packet);
  }
  return byConversation;
}

function partOf(
  explaining: Explaining,
  conversation: Conversation,
  own: readonly ConversationPacket[],
  tracker: Tracker,
): Part {
  return {
    name: ruleName(conversation),
    maker: segmentMaker(conversation, explaining.captures, tracker.addresses),
    seen: seenTranslation(conversation, own, explaining.evidence),
    syns: synTimer(explaining.behaviour),
  };
}
