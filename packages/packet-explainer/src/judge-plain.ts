import type { Conversation } from '@tuplescope/conversation';
import { type Ctstate, createSegment } from '@tuplescope/kernel-model';
import type { PlacedPacket } from './course.ts';
import type { Explaining } from './explaining.ts';
import { type SegmentMaker, segmentMaker } from './fill-segment.ts';
import { goneEntries } from './gone-entries.ts';
import { judgePacket } from './judge-packet.ts';
import { forget } from './lineage-tracker.ts';
import { type SynTimer, synTimer } from './syn-timer.ts';

interface Part {
  readonly maker: SegmentMaker;
  readonly syns: SynTimer;
}

/**
 * Judges the packets of conversations that nothing translates, as `trackLineage` does but in numbers
 * alone: no verdict is made, since no capture can contradict one, and one segment serves all.
 *
 * @param visit gets each packet with its verdict.
 */
export function judgePlain(
  explaining: Explaining,
  conversations: readonly Conversation[],
  packets: readonly PlacedPacket[],
  visit: (placed: PlacedPacket, ctstate: Ctstate, contradiction: string | null) => void,
): void {
  const { plain: tracker, evidence, captures, behaviour } = explaining;
  const gone = goneEntries(tracker, evidence, conversations);
  const parts = new Map<number, Part>();
  const segment = createSegment();
  let last = 0;
  for (const placed of packets) {
    const { conversation, packet } = placed;
    let part = parts.get(conversation.id);
    const isFirst = part === undefined;
    if (part === undefined) {
      part = {
        maker: segmentMaker(conversation, captures, tracker.addresses),
        syns: synTimer(behaviour),
      };
      parts.set(conversation.id, part);
    }
    const { maker, syns } = part;
    const at = packet.at ?? last;
    gone.deleteUntil(at);
    const older = parts.get(packet.older?.conversation ?? -1)?.maker ?? null;
    maker.fill(packet, at, segment, older);
    const late = syns.contradiction(packet);
    const isMidStream = isFirst && conversation.state === 'mid-stream';
    const ctstate = isMidStream
      ? judgePacket(explaining, conversation, maker, { ...FIRST, tracker, segment: { ...segment } })
          .ctstate
      : tracker.judge(segment);
    visit(placed, ctstate, late);
    gone.refresh(maker.tuples.original, at);
    last = at;
  }
  for (const { maker } of parts.values()) forget(tracker, maker);
}

const FIRST = { idle: 0, isFirst: true, seen: null } as const;
