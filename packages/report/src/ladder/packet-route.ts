import { isAstray } from '../explanation/packet-notice.ts';
import { packetWay } from '../explanation/packet-way.ts';
import { element } from '../markup.ts';
import { LANES, laneAt } from './geometry.ts';
import type { LadderPlan, PlacedPacket } from './ladder-plan.ts';

/** Where the arrow of a packet goes: to conntrack, and from there on. */
export interface PacketRoute {
  readonly start: number;
  /** The lane of conntrack. */
  readonly judge: number;
  readonly end: number;
  /** 1 to the right, -1 to the left: on the way to conntrack, and from there. */
  readonly toward: 1 | -1;
  readonly onward: 1 | -1;
  /** It turns back at conntrack: its ends stand on the same side. */
  readonly isTurned: boolean;
  /** It goes on below, past the lanes between, because it turns back or goes astray. */
  readonly isLow: boolean;
  readonly isAstray: boolean;
  readonly tone: 'good' | 'bad';
}

/** Between an arrow's head and the middle of its lane, where a bar stands. */
export const LANE_GAP = 8;

/** How far a packet bends down that does not go straight on. */
export const BEND = 19;

/** A packet that passes a lane by leaves this much free on each side of it. */
const PASSING = 14;

/** Says where the arrow of a packet goes. */
export function packetRoute({ explanation }: PlacedPacket, { order }: LadderPlan): PacketRoute {
  const { from, to } = packetWay(explanation);
  const start = laneAt(order, from);
  const end = laneAt(order, to);
  const judge = laneAt(order, 'conntrack');
  const toward = judge < start ? -1 : 1;
  const onward = end < judge ? -1 : 1;
  const isLost = isAstray(explanation);
  const isTurned = toward !== onward;
  return {
    start,
    judge,
    end,
    toward,
    onward,
    isTurned,
    isLow: isLost || isTurned,
    isAstray: isLost,
    tone: explanation.ctstate === 'INVALID' || isLost ? 'bad' : 'good',
  };
}

/** Draws the line of a route, with a dot where it starts and a head where it ends. */
export function drawRoute(route: PacketRoute, y: number): string {
  const { start, judge, end, onward, isLow, tone } = route;
  const tip = end - onward * LANE_GAP;
  const line = `tl-way tl-way-${tone}`;
  const last = tip - onward * 8;
  const low = `${line}${route.isAstray ? ' tl-astray' : ''}`;
  return [
    element('path', { d: `M${start} ${y}H${isLow ? judge : last}`, class: line }),
    isLow ? element('path', { d: lowLine(route, y, last), class: low }) : '',
    element('path', { d: arrowHead(tip, isLow ? y + BEND : y, onward), class: `tl-fill-${tone}` }),
    element('circle', { cx: start, cy: y, r: 3.5, class: `tl-fill-${tone}` }),
  ].join('');
}

/** From conntrack down, and on behind the lanes that are not meant. */
function lowLine({ judge, onward }: PacketRoute, y: number, last: number): string {
  const low = y + BEND;
  const passed = LANES.filter((x) => (x - judge) * onward > 0 && (last - x) * onward > 0);
  const ordered = onward > 0 ? passed : passed.toReversed();
  const pieces = ordered.map((x) => `H${x - onward * PASSING}M${x + onward * PASSING} ${low}`);
  const turn = `M${judge} ${y}V${low - 8}Q${judge} ${low} ${judge + onward * 8} ${low}`;
  return `${turn}${pieces.join('')}H${last}`;
}

function arrowHead(tip: number, y: number, step: number): string {
  return `M${tip} ${y}l${-step * 12} -5.5v11z`;
}
