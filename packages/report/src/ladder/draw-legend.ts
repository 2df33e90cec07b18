import { isAstray } from '../explanation/packet-notice.ts';
import { element } from '../markup.ts';
import { drawnText } from './drawn-text.ts';
import { NOTES, NOTES_ROOM } from './geometry.ts';
import type { LadderPlan } from './ladder-plan.ts';
import { entryBars, socketBars } from './life-bars.ts';

/** A sign is drawn in so much room, its words beside it. */
const SIGN = 34;

/** From one line of the legend to the next. */
const STEP = 21;

/** A sign with its words. */
interface LegendItem {
  readonly words: string;
  /** Draws the sign with its middle at the left edge's `x` and at `y`. */
  readonly sign: (x: number, y: number) => string;
}

/** Explains the signs that a ladder has, and no others, above what is said of the packets. */
export function drawLegend(plan: LadderPlan, top: number): string {
  const explanations = plan.packets.map(({ explanation }) => explanation);
  const items: readonly (LegendItem | null)[] = [
    entryBars(plan).length === 0 ? null : { words: 'entry in conntrack', sign: box('tl-entry') },
    socketBars(plan).some(({ stale }) => stale)
      ? { words: 'socket of an old connection', sign: box('tl-stale-socket') }
      : null,
    explanations.some(isAstray) ? { words: 'untranslated, past the proxy', sign: dashes } : null,
    explanations.some(({ contradiction }) => contradiction !== null)
      ? { words: 'not what this kernel does', sign: unequal }
      : null,
  ];
  return items
    .filter((item) => item !== null)
    .map(({ words, sign }, i) => {
      const x = NOTES + (i % 2) * (NOTES_ROOM / 2 - 20);
      const y = top + 13 + (i >> 1) * STEP;
      const at: readonly [number, number] = [x + SIGN, y + 4.5];
      return sign(x, y) + drawnText(words, { face: 'legend', at, colour: 'quiet' });
    })
    .join('');
}

function box(name: string): LegendItem['sign'] {
  return (x, y) => element('rect', { x, y: y - 5, width: 24, height: 10, class: name });
}

function dashes(x: number, y: number): string {
  return element('path', { d: `M${x} ${y}h26`, class: 'tl-way tl-way-bad tl-astray' });
}

function unequal(x: number, y: number): string {
  return drawnText('≠', { face: 'mark', at: [x + 4, y + 8], colour: 'against' });
}
