import { chooseLineages } from '../explanation/choose-lineages.ts';
import type { ExplanationReport } from '../explanation/explanation-report.ts';
import { drawLadders, MOST_LADDERS } from './draw-ladders.ts';

/**
 * Renders explanations as a ladder diagram in SVG, for a slide or a post-mortem: the application,
 * conntrack, the proxy and the wire as lanes, an arrow a packet, what conntrack said where the arrow
 * crosses it, and the sentence beside it. Of several lineages those that matter are drawn, of many
 * packets those that tell the story; what is left out is counted in the picture. It has no script
 * and refers to nothing outside, and is light or dark as its viewer is.
 *
 * @example
 * renderLadderSvg(report).slice(0, 4) // '<svg'
 */
export function renderLadderSvg({ lineages, kernel }: ExplanationReport): string {
  return `${drawLadders(chooseLineages(lineages, MOST_LADDERS), kernel)}\n`;
}
