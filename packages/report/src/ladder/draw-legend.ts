import { isAstray } from '../explanation/packet-notice.ts';
import { element } from '../markup.ts';
import { drawnText } from './drawn-text.ts';
import { LANES } from './geometry.ts';
import type { LadderPlan } from './ladder-plan.ts';
import { entryBars, socketBars } from './life-bars.ts';

/** Beside the title of the last lane. */
const LEFT = LANES[3] + 108;

/** From one sign to the one beside it. */
const ACROSS = 196;

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

/** Explains the signs that a ladder has, and no others, beside the titles of the lanes. */
export function drawLegend(plan: LadderPlan, top: number): string {
  const explanations = plan.packets.map(({ explanation }) => explanation);
  const items: readonly (LegendItem | null)[] = [
    entryBars(plan).length === 0 ? null : { words: 'conntrack entry', sign: box('tl-entry') },
    socketBars(plan).some(({ stale }) => stale)
      ? { words: 'old socket', sign: box('tl-stale-socket') }
      : null,
    explanations.some(isAstray) ? { words: 'untranslated', sign: dashes } : null,
    explanations.some(({ contradiction }) => contradiction !== null)
      ? { words: 'not this kernel', sign: unequal }
      : null,
  ];
  return items
    .filter((item) => item !== null)
    .map(({ words, sign }, i) => {
      const x = LEFT + (i % 2) * ACROSS;
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
