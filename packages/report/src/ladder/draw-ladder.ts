import type { ChosenLineage } from '../explanation/choose-lineages.ts';
import type { ExplanationKernel } from '../explanation/explanation-report.ts';
import { endsWords, extentWords } from '../explanation/lineage-words.ts';
import { drawBands } from './draw-bands.ts';
import { drawBreak } from './draw-break.ts';
import { drawLaneTitles, TITLE_HEIGHT } from './draw-lane-titles.ts';
import { drawLanes } from './draw-lanes.ts';
import { drawLegend } from './draw-legend.ts';
import { drawPacket } from './draw-packet.ts';
import { drawnText } from './drawn-text.ts';
import { MARGIN, WIDTH } from './geometry.ts';
import { headline } from './headline.ts';
import { planLadder } from './ladder-plan.ts';
import { fitText } from './text-width.ts';

/** Height of the two lines above the lanes. */
const HEAD = 80;

/** Draws one lineage from `top` down: headline, lanes, packets. */
export function drawLadder(
  chosen: ChosenLineage,
  kernel: ExplanationKernel,
  top: number,
): { readonly markup: string; readonly bottom: number } {
  const { lineage } = chosen;
  const plan = planLadder(lineage, top + HEAD + TITLE_HEIGHT + 12);
  const room = WIDTH - 2 * MARGIN;
  const line = `${endsWords(lineage)} · ${extentWords(lineage)}`;
  const markup = [
    drawnText(fitText(headline(chosen, kernel), 'headline', room), {
      face: 'headline',
      at: [MARGIN, top + 40],
    }),
    drawnText(fitText(line, 'subline', room), {
      face: 'subline',
      at: [MARGIN, top + 64],
      colour: 'quiet',
    }),
    drawBands(plan),
    drawLanes(plan),
    drawLaneTitles(plan, kernel, top + HEAD),
    drawLegend(plan, top + HEAD),
    ...plan.breaks.map((row) => drawBreak(row, plan)),
    ...plan.packets.map((row) => drawPacket(row, plan)),
  ].join('\n');
  return { markup, bottom: plan.bottom };
}
