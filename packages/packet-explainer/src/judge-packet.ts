import type { Conversation } from '@tuplescope/conversation';
import type { Segment, Tracker, Verdict } from '@tuplescope/kernel-model';
import type { TrackedPacket } from './course.ts';
import { type Assumed, supposeEntry } from './entry-assumptions.ts';
import type { Explaining } from './explaining.ts';
import type { SegmentMaker } from './fill-segment.ts';
import { SHORTEST_TIMEOUT } from './gone-entries.ts';
import { contradictionOf, resume } from './resume.ts';

/** What is asked of one packet. */
export interface Asked {
  readonly tracker: Tracker;
  readonly segment: Segment;
  /** Seconds since the packet before it, of any of these conversations. */
  readonly idle: number;
  /** It is the first packet of its conversation. */
  readonly isFirst: boolean;
  readonly seen: boolean | null;
}

/** What was found of it. */
export type JudgedPacket = Pick<
  TrackedPacket,
  'ctstate' | 'verdict' | 'seenTranslated' | 'assumption' | 'contradiction'
>;

/**
 * Judges a packet, and makes up for what the tracker cannot know: an entry that was there before the
 * capture began, and one that was gone earlier than its timeout says. Where the verdict still differs
 * from what the captures show, the tracker is left as the captured kernel was.
 */
export function judgePacket(
  { evidence, sysctls }: Explaining,
  conversation: Conversation,
  { tuples, isDoubtful }: SegmentMaker,
  { tracker, segment, idle, isFirst, seen }: Asked,
): JudgedPacket {
  const { at } = segment;
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
  return { ctstate, verdict, seenTranslated: seen, assumption: assumed, contradiction };
}

function isNatted({ nat }: Verdict): boolean {
  return nat.kind !== 'none';
}

/** A live entry with the wanted reply tuple made NAT choose another port than the captures show. */
function isRemapped({ nat, ctstate, direction }: Verdict, { translated }: Conversation): boolean {
  if (ctstate !== 'NEW' || direction !== 'ORIGINAL' || nat.tuple === null) return false;
  return translated !== null && nat.tuple.sport !== translated.client.port;
}
