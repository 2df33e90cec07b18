import { countKinds } from '../explanation/count-kinds.ts';
import { element } from '../markup.ts';
import { count } from '../text-style.ts';
import { drawnText } from './drawn-text.ts';
import { BESIDE, LANES, NOTES, NOTES_ROOM } from './geometry.ts';
import type { LadderPlan, PlacedBreak } from './ladder-plan.ts';
import { entryBars, socketBars } from './life-bars.ts';
import { pauseWords } from './seconds-words.ts';
import { fitText } from './text-width.ts';

/** Cuts the lanes where time passes or packets are left out, and says what happened meanwhile. */
export function drawBreak(row: PlacedBreak, plan: LadderPlan): string {
  const { y } = row;
  const stale = socketBars(plan).find((bar) => bar.stale);
  const firstOver = plan.breaks.find((one) => stale !== undefined && one.y > stale.from);
  const isOver = firstOver === row && stale !== undefined && y < stale.to;
  const hasExpired = entryBars(plan).some(({ to, ends }) => ends && to === row.top);
  return [
    ...LANES.map((x) => cut(x, y)),
    drawnText(fitText(breakWords(row), 'break', NOTES_ROOM), {
      face: 'break',
      at: [NOTES, y + 4],
      colour: 'quiet',
    }),
    drawnText(hasExpired ? 'entry expired' : '', {
      face: 'socket',
      at: [LANES[1] + BESIDE, y + 4],
      colour: 'nat',
    }),
    drawnText(isOver ? 'old socket stays' : '', {
      face: 'socket',
      at: [LANES[2] + BESIDE, y + 4],
      colour: 'stale',
    }),
  ].join('');
}

function breakWords({ pause, leftOut }: PlacedBreak): string {
  const packets = count(leftOut.length, 'packet');
  return [
    ...(pause === null ? [] : [`${pauseWords(pause)} later`]),
    ...(leftOut.length === 0 ? [] : [`${packets} not drawn: ${countKinds(leftOut)}`]),
  ].join(' · ');
}

/** Two slanted strokes with nothing between them. */
function cut(x: number, y: number): string {
  const upper = `M${x - 12} ${y + 2}l24 -9`;
  return (
    element('path', { d: `${upper}v7l-24 9z`, class: 'tl-cut' }) +
    element('path', { d: `${upper}m0 7l-24 9`, class: 'tl-cut-edge' })
  );
}
