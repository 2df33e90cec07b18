import { element } from '../markup.ts';
import { drawnText } from './drawn-text.ts';
import { BESIDE, LANES, LINE, NOTES } from './geometry.ts';
import type { LadderPlan, PlacedBreak } from './ladder-plan.ts';
import { entryBars, socketBars } from './life-bars.ts';

/** Cuts the lanes where time passes or packets are left out, and says what happened meanwhile. */
export function drawBreak(row: PlacedBreak, plan: LadderPlan): string {
  const { y } = row;
  const stale = socketBars(plan).find((bar) => bar.stale);
  const firstOver = plan.breaks.find((one) => stale !== undefined && one.y > stale.from);
  const isOver = firstOver === row && stale !== undefined && y < stale.to;
  const hasExpired = entryBars(plan).some(({ to, ends }) => ends && to === row.top);
  return [
    ...LANES.slice(0, plan.order.length).map((x) => cut(x, y)),
    drawWords(row),
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

function drawWords({ words, y }: PlacedBreak): string {
  const top = y + 4 - ((words.length - 1) * LINE) / 2;
  return words
    .map((line, i) =>
      drawnText(line, { face: 'break', at: [NOTES, top + i * LINE], colour: 'quiet' }),
    )
    .join('');
}

/** Two slanted strokes with nothing between them. */
function cut(x: number, y: number): string {
  const upper = `M${x - 12} ${y + 2}l24 -9`;
  return (
    element('path', { d: `${upper}v7l-24 9z`, class: 'tl-cut' }) +
    element('path', { d: `${upper}m0 7l-24 9`, class: 'tl-cut-edge' })
  );
}
