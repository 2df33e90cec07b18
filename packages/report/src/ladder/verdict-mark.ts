import { element } from '../markup.ts';
import { drawnText } from './drawn-text.ts';
import type { LadderPlan, PlacedPacket } from './ladder-plan.ts';
import { packetRoute } from './packet-route.ts';
import { textWidth } from './text-width.ts';

/** Half the height of a verdict. */
const HALF_HEIGHT = 11;

/** Between the middle of the lane and the state, for the entry's bar. */
const BESIDE_BAR = 10;

/** Room for the cross before INVALID. */
const CROSS = 14;

/** Half the width that a verdict takes on its lane. */
export function verdictHalf(ctstate: string): number {
  const cross = ctstate === 'INVALID' ? CROSS : 0;
  return textWidth(ctstate, 'verdict') / 2 + 9 + cross / 2;
}

/** Draws what conntrack says, on its lane; below it the state, where it is another than before. */
export function drawVerdict(placed: PlacedPacket, plan: LadderPlan): string {
  const { explanation, y } = placed;
  const { ctstate, before, entry } = explanation;
  const { judge: x, isTurned, isAstray, onward } = packetRoute(placed, plan);
  const half = verdictHalf(ctstate);
  const isInvalid = ctstate === 'INVALID';
  // A packet that turns back has its line on the one side.
  const side = isTurned ? -onward : 1;
  const state = entry === null || entry.state === before?.state ? '' : entry.state;
  return [
    element('rect', {
      x: x - half,
      y: y - HALF_HEIGHT,
      width: 2 * half,
      height: 2 * HALF_HEIGHT,
      rx: HALF_HEIGHT,
      class: isInvalid ? 'tl-verdict-bad' : 'tl-verdict-good',
    }),
    isInvalid ? element('path', { d: cross(x - half + 13, y), class: 'tl-cross' }) : '',
    drawnText(ctstate, {
      face: 'verdict',
      at: [x + (isInvalid ? CROSS / 2 : 0), y + 4],
      colour: isInvalid ? 'bad-ink' : 'good',
      anchor: 'middle',
    }),
    drawnText(isAstray ? '' : state, {
      face: 'state',
      at: [x + side * BESIDE_BAR, y + 25],
      colour: 'nat',
      ...(side < 0 ? { anchor: 'end' } : {}),
    }),
  ].join('');
}

function cross(x: number, y: number): string {
  return `M${x - 3.5} ${y - 3.5}l7 7m0 -7l-7 7`;
}
