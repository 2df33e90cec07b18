import { chooseLineages } from '../explanation/choose-lineages.ts';
import type { ExplanationReport } from '../explanation/explanation-report.ts';
import { lineageNotice } from '../explanation/packet-notice.ts';
import { KIND_TITLES } from '../explanation/packet-words.ts';
import { element, escapeMarkup } from '../markup.ts';
import { count } from '../text-style.ts';
import { drawLadder } from './draw-ladder.ts';
import { drawnText } from './drawn-text.ts';
import { MARGIN, WIDTH } from './geometry.ts';
import { headline } from './headline.ts';
import { ladderCss } from './ladder-css.ts';

/** More ladders than this are no picture. */
const MOST_LADDERS = 3;

export function renderLadderSvg(report: ExplanationReport): string {
  const { chosen, others } = chooseLineages(report.lineages, MOST_LADDERS);
  let top = 0;
  const ladders = chosen.map((lineage) => {
    const { markup, bottom } = drawLadder(lineage, report.kernel, top);
    top = bottom + 12;
    return markup;
  });
  const height = top + 34;
  const [first] = chosen;
  const title =
    first === undefined ? 'No packets' : headline(first, lineageNotice(first), report.kernel);
  const desc = chosen
    .flatMap(({ explanations }) =>
      explanations.slice(0, 40).map(({ kind, says }) => `${KIND_TITLES[kind]}: ${says}`),
    )
    .join(' ');
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${WIDTH} ${Math.ceil(height)}`,
    width: WIDTH,
    height: Math.ceil(height),
    class: 'tl-ladder',
    role: 'img',
    'aria-labelledby': 'tl-title tl-desc',
  };
  return element(
    'svg',
    attributes,
    element('title', { id: 'tl-title' }, escapeMarkup(title)),
    element('desc', { id: 'tl-desc' }, escapeMarkup(desc)),
    `<style>${ladderCss()}</style>`,
    `<defs><pattern id="tl-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" class="tl-hatch-paper"/><path d="M3 0V6" class="tl-hatch"/></pattern></defs>`,
    element('rect', { width: WIDTH, height, class: 'tl-paper' }),
    ...ladders,
    drawnText(others > 0 ? `${count(others, 'pair')} of ends not drawn` : '', {
      face: 'legend',
      at: [MARGIN, height - 12],
      colour: 'quiet',
    }),
  );
}
