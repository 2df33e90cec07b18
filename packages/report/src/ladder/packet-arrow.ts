import type { Explanation } from '@tuplescope/packet-explainer';
import { collisionPart, isAstray } from '../explanation/packet-notice.ts';
import { packetWay } from '../explanation/packet-way.ts';
import { flagNames, natWords } from '../explanation/packet-words.ts';
import { element } from '../markup.ts';
import { drawnText } from './drawn-text.ts';
import { judgeAt, LANES, laneAt } from './geometry.ts';
import type { LadderPlan, PlacedPacket } from './ladder-plan.ts';
import { fitMiddle, fitText } from './text-width.ts';
import { verdictHalf } from './verdict-mark.ts';

/** Between an arrow's head and the middle of its lane, where a bar stands. */
const LANE_GAP = 8;

/** How high a label stands over its arrow, and how deep under it. */
const OVER = 7;
const UNDER = 17;

/** How far a packet bends down that goes astray. */
const BEND = 19;

/** A packet that passes a lane by leaves this much free on each side of it. */
const PASSING = 14;

/** What a collision's packets are called under their arrows. */
const PART_WORDS = {
  syn: '',
  'challenge-ack': 'challenge ACK',
  'rst-lost': 'answers the challenge ACK',
  'rst-heard': 'answers the challenge ACK',
} as const;

/** Draws the arrow of a packet, with what it carries before conntrack and its address behind it. */
export function drawArrow({ explanation, y }: PlacedPacket, plan: LadderPlan): string {
  const { ctstate, packet } = explanation;
  const { from, to } = packetWay(explanation);
  const start = laneAt(plan.order, from);
  const end = laneAt(plan.order, to);
  const step = end < start ? -1 : 1;
  const judge = judgeAt(start, end, laneAt(plan.order, 'conntrack'));
  const half = verdictHalf(ctstate) + 6;
  const tip = end - step * LANE_GAP;
  const shot: Shot = { start, judge, tip, step, y };
  const before = {
    x: (start + judge - step * half) / 2,
    room: Math.abs(judge - start) - half - LANE_GAP,
  };
  const behind = { x: (judge + step * half + tip) / 2, room: Math.abs(tip - judge) - half };
  const part = collisionPart(explanation);
  const tone = ctstate === 'INVALID' || isAstray(explanation) ? 'bad' : 'good';
  const middle = { anchor: 'middle' } as const;
  return [
    isAstray(explanation) ? bent(shot) : straight(shot, tone),
    element('circle', { cx: start, cy: y, r: 3.5, class: `tl-fill-${tone}` }),
    drawnText(fitText(segmentWords(packet), 'segment', before.room), {
      face: 'segment',
      at: [before.x, y - OVER],
      ...middle,
    }),
    drawnText(fitText(part === null ? '' : PART_WORDS[part], 'part', before.room), {
      face: 'part',
      at: [before.x, y + UNDER],
      colour: 'stale',
      ...middle,
    }),
    isAstray(explanation)
      ? drawnText('not translated', {
          face: 'part',
          at: [judge + step * half, y + BEND - 6],
          colour: 'bad',
          ...(step < 0 ? { anchor: 'end' } : {}),
        })
      : drawnText(fitMiddle(addressWords(explanation, plan), 'address', behind.room), {
          face: 'address',
          at: [behind.x, y - OVER],
          colour: 'nat',
          ...middle,
        }),
  ].join('');
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

/** Where an arrow goes. */
interface Shot {
  readonly start: number;
  /** Where conntrack judges it. */
  readonly judge: number;
  readonly tip: number;
  /** 1 to the right, -1 to the left. */
  readonly step: number;
  readonly y: number;
}

function straight({ start, tip, step, y }: Shot, tone: 'good' | 'bad'): string {
  return (
    element('path', { d: `M${start} ${y}H${tip - step * 8}`, class: `tl-way tl-way-${tone}` }) +
    element('path', { d: arrowHead(tip, y, step), class: `tl-fill-${tone}` })
  );
}

/** To conntrack as any packet; from there below the others, behind the lanes that it misses. */
function bent({ start, judge, tip, step, y }: Shot): string {
  const low = y + BEND;
  const passed = LANES.filter((x) => (x - judge) * step > 0 && (tip - x) * step > 0);
  const ordered = step > 0 ? passed : passed.toReversed();
  const pieces = ordered.map((x) => `H${x - step * PASSING}M${x + step * PASSING} ${low}`);
  const turn = `M${judge} ${y}V${low - 8}Q${judge} ${low} ${judge + step * 8} ${low}`;
  return (
    element('path', { d: `M${start} ${y}H${judge}`, class: 'tl-way tl-way-bad' }) +
    element('path', {
      d: `${turn}${pieces.join('')}H${tip - step * 8}`,
      class: 'tl-way tl-way-bad tl-astray',
    }) +
    element('path', { d: arrowHead(tip, low, step), class: 'tl-fill-bad' })
  );
}

function arrowHead(tip: number, y: number, step: number): string {
  return `M${tip} ${y}l${-step * 12} -5.5v11z`;
}
