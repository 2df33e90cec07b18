import type { Conversation } from '@tuplescope/conversation';
import { createSegment, type Segment, type Tracker, type Verdict } from '@tuplescope/kernel-model';
import type { PlacedPacket, TrackedPacket } from './course.ts';
import { type Assumed, supposeEntry } from './entry-assumptions.ts';
import type { Explaining } from './explaining.ts';
import { type SegmentMaker, segmentMaker } from './fill-segment.ts';
import { goneEntries, SHORTEST_TIMEOUT } from './gone-entries.ts';
import { lineageTracker, ruleName } from './lineage-tracker.ts';
import { contradictionOf, resume } from './resume.ts';
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
 * @param wantsVerdicts false leaves `verdict` out where nothing is translated: verdicts take time.
 */
export function* trackLineage(
  explaining: Explaining,
  conversations: readonly Conversation[],
  packets: readonly PlacedPacket[],
  wantsVerdicts: boolean,
): Generator<TrackedPacket> {
  const tracker = lineageTracker(explaining, conversations);
  const isPlain = tracker === explaining.plain;
  const gone = goneEntries(tracker, explaining.evidence, conversations);
  const parts = new Map<number, Part>();
  let last = NEVER;
  for (const placed of packets) {
    const { conversation, packet } = placed;
    const part = parts.get(conversation.id) ?? partOf(explaining, conversation, packets, tracker);
    const isFirst = !parts.has(conversation.id);
    parts.set(conversation.id, part);
    const { maker, seen, syns } = part;
    const tuple = maker.tuples[packet.direction];
    const at = packet.at ?? Math.max(last, 0);
    gone.deleteUntil(at);
    const segment = createSegment();
    segment.interface = part.name;
    const late = syns.contradiction(packet);
    maker.fill(packet, at, segment);
    const numbers = { seq: segment.seq >>> 0, ack: segment.ack >>> 0 };
    if (isPlain && !wantsVerdicts && !(isFirst && conversation.state === 'mid-stream')) {
      const ctstate = tracker.judge(segment);
      yield { ...placed, tuple, numbers, ctstate, ...QUIET, contradiction: late };
    } else {
      const asked = { tracker, segment, at, idle: at - last, isFirst, seen: seen(packet) };
      yield { ...placed, tuple, numbers, ...judge(explaining, placed, maker, asked, late) };
    }
    gone.refresh(maker.tuples.original, at);
    last = at;
  }
  if (isPlain) for (const { maker } of parts.values()) forget(tracker, maker);
}

const QUIET = { verdict: null, seenTranslated: null, assumption: null } as const;

function partOf(
  explaining: Explaining,
  conversation: Conversation,
  packets: readonly PlacedPacket[],
  tracker: Tracker,
): Part {
  const isTranslated = conversation.translated !== null;
  const own = isTranslated
    ? packets.flatMap(({ conversation: { id }, packet }) =>
        id === conversation.id ? [packet] : [],
      )
    : [];
  return {
    name: ruleName(conversation),
    maker: segmentMaker(conversation, explaining.captures, tracker.addresses),
    seen: seenTranslation(conversation, own, explaining.evidence),
    syns: synTimer(explaining.behaviour),
  };
}

interface Asked {
  readonly tracker: Tracker;
  readonly segment: Segment;
  readonly at: number;
  /** Seconds since the packet before it, of any of these conversations. */
  readonly idle: number;
  /** It is the first packet of its conversation. */
  readonly isFirst: boolean;
  readonly seen: boolean | null;
}

type Judged = Pick<
  TrackedPacket,
  'ctstate' | 'verdict' | 'seenTranslated' | 'assumption' | 'contradiction'
>;

function judge(
  { evidence, sysctls }: Explaining,
  { conversation }: PlacedPacket,
  { tuples, isDoubtful }: SegmentMaker,
  { tracker, segment, at, idle, isFirst, seen }: Asked,
  late: string | null,
): Judged {
  let verdict = tracker.trackSegment(segment);
  let assumed: Assumed = null;
  const lacksEntry = verdict.before === null && isFirst && conversation.state === 'mid-stream';
  if (
    (lacksEntry && seen !== false) ||
    (verdict.before === null && seen === true && !isNatted(verdict))
  ) {
    assumed = supposeEntry(tracker, evidence, tuples, segment);
    if (assumed !== null) verdict = tracker.trackSegment(segment);
  }
  if (seen === true && isRemapped(verdict, conversation)) {
    tracker.takeBack();
    tracker.delete(tuples.reply, at);
    verdict = tracker.trackSegment(segment);
    assumed = 'An older entry of the same reply tuple was gone by then: the source port was kept.';
  }
  if (seen === false && isNatted(verdict) && idle >= SHORTEST_TIMEOUT) {
    tracker.takeBack();
    tracker.delete(tuples.original, at);
    verdict = tracker.trackSegment(segment);
    assumed =
      'Its entry was gone by then, before the timeout that is assumed: the packet left untranslated.';
  }
  const isKnown = evidence.sysctls.nf_conntrack_tcp_be_liberal !== undefined;
  const mayBeLiberal = !isKnown && sysctls.nf_conntrack_tcp_be_liberal === 0;
  let contradiction = contradictionOf(verdict, seen, mayBeLiberal);
  if (contradiction !== null) resume(tracker, segment, verdict);
  if (contradiction !== null && isDoubtful()) {
    contradiction = null;
    assumed = 'The text does not tell an acknowledgement that the verdict depends on.';
  }
  const { ctstate } = verdict;
  const told = contradiction ?? late;
  return { ctstate, verdict, seenTranslated: seen, assumption: assumed, contradiction: told };
}

function isNatted({ nat }: Verdict): boolean {
  return nat.kind !== 'none';
}

/** A live entry with the wanted reply tuple made NAT choose another port than the captures show. */
function isRemapped({ nat, ctstate, direction }: Verdict, { translated }: Conversation): boolean {
  if (ctstate !== 'NEW' || direction !== 'ORIGINAL' || nat.tuple === null) return false;
  return translated !== null && nat.tuple.sport !== translated.client.port;
}

/** Leaves nothing of these conversations, whatever time it is for those that come next. */
function forget(tracker: Tracker, { tuples }: SegmentMaker): void {
  tracker.delete(tuples.original, Number.NEGATIVE_INFINITY);
  tracker.delete(tuples.reply, Number.NEGATIVE_INFINITY);
}
