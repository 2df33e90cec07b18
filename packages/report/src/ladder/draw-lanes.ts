import { element } from '../markup.ts';
import { LANES } from './geometry.ts';
import type { LadderPlan } from './ladder-plan.ts';
import { entryBars, type LifeBar, socketBars } from './life-bars.ts';

/** Above the first packet: the lanes hang from their titles. */
const RISE = 14;

/** Half the width of an entry's bar, and of a socket's. */
const ENTRY_HALF = 4;
const SOCKET_HALF = 6;

/** Draws the lanes, and on them the lives of the entry and of the server's sockets. */
export function drawLanes(plan: LadderPlan): string {
  const lanes = LANES.slice(0, plan.order.length).map((x) =>
    element('path', { d: `M${x} ${plan.top - RISE}V${plan.bottom}`, class: 'tl-lane' }),
  );
  const entries = entryBars(plan).map((bar) => drawBar(bar, LANES[1], ENTRY_HALF, 'tl-entry'));
  const sockets = socketBars(plan).map((bar) =>
    drawBar(bar, LANES[2], SOCKET_HALF, bar.stale ? 'tl-stale-socket' : 'tl-socket'),
  );
  return [...lanes, ...entries, ...sockets].join('');
}

function drawBar({ from, to, ends }: LifeBar, x: number, half: number, name: string): string {
  const box = { x: x - half, y: from, width: 2 * half, height: Math.max(2, to - from) };
  const end = { d: `M${x - half - 4} ${to}h${2 * half + 8}`, class: `${name}-end` };
  return element('rect', { ...box, class: name }) + (ends ? element('path', end) : '');
}
