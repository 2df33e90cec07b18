import type { Explanation } from '@tuplescope/packet-explainer';
import { collisionPart } from '../explanation/packet-notice.ts';
import { flagNames, natWords } from '../explanation/packet-words.ts';
import { drawnText } from './drawn-text.ts';
import type { LadderPlan, PlacedPacket } from './ladder-plan.ts';
import { BEND, drawRoute, LANE_GAP, packetRoute } from './packet-route.ts';
import { fitMiddle, fitText } from './text-width.ts';
import { verdictHalf } from './verdict-mark.ts';

/** How high a label stands over its arrow, and how deep under it. */
const OVER = 7;
const UNDER = 17;

/** Between a label and the verdict beside it. */
const BESIDE_VERDICT = 6;

/** What a collision's packets are called under their arrows. */
const PART_WORDS = {
  syn: '',
  'challenge-ack': 'challenge ACK',
  'rst-lost': 'answers the challenge ACK',
  'rst-heard': 'answers the challenge ACK',
} as const;

/** Draws the arrow of a packet, with what it carries before conntrack and its address behind it. */
export function drawArrow(placed: PlacedPacket, plan: LadderPlan): string {
  const { explanation, y } = placed;
  const route = packetRoute(placed, plan);
  const { start, judge, end, toward, onward, isLow, isTurned } = route;
  const half = verdictHalf(explanation.ctstate) + BESIDE_VERDICT;
  const before = legBetween(start + toward * LANE_GAP, judge - toward * half);
  const behind = legBetween(judge + onward * half, end - onward * LANE_GAP);
  const part = collisionPart(explanation);
  const middle = { anchor: 'middle' } as const;
  return [
    drawRoute(route, y),
    drawnText(fitText(segmentWords(explanation.packet), 'segment', before.room), {
      face: 'segment',
      at: [before.middle, y - OVER],
      ...middle,
    }),
    drawnText(part === null || isTurned ? '' : fitText(PART_WORDS[part], 'part', before.room), {
      face: 'part',
      at: [before.middle, y + UNDER],
      colour: 'stale',
      ...middle,
    }),
    drawnText(isLow ? '' : fitMiddle(addressWords(explanation, plan), 'address', behind.room), {
      face: 'address',
      at: [behind.middle, y - OVER],
      colour: 'nat',
      ...middle,
    }),
    drawnText(route.isAstray && !isTurned ? 'not translated' : '', {
      face: 'part',
      at: [judge + onward * half, y + BEND - BESIDE_VERDICT],
      colour: 'bad',
      ...(onward < 0 ? { anchor: 'end' } : {}),
    }),
  ].join('');
}

/** One side of conntrack, with the room that it has for words. */
function legBetween(from: number, to: number): { readonly middle: number; readonly room: number } {
  return { middle: (from + to) / 2, room: Math.abs(to - from) };
}

function addressWords(explanation: Explanation, { conversations }: LadderPlan): string {
  const conversation = conversations.get(explanation.packet.conversation);
  return conversation === undefined ? '' : natWords(explanation, conversation);
}

/** The one number that a reader compares: what a pure ACK acknowledges, else where it begins. */
function segmentWords({ flags, seq, ack, len, relative }: Explanation['packet']): string {
  const [name, number] = flags === 'A' && len === 0 ? ['ack', ack] : ['seq', seq];
  const counted = relative === true ? 'rel ' : '';
  return number === undefined
    ? flagNames(flags)
    : `${flagNames(flags)} ${name} ${counted}${number}`;
}
