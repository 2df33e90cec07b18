import { type ChosenLineages, matteringOf } from '../explanation/choose-lineages.ts';
import type { ExplanationKernel } from '../explanation/explanation-report.ts';
import { KIND_TITLES } from '../explanation/packet-words.ts';
import { element, escapeMarkup } from '../markup.ts';
import { count } from '../text-style.ts';
import { drawLadder } from './draw-ladder.ts';
import { drawnText } from './drawn-text.ts';
import { MARGIN, WIDTH } from './geometry.ts';
import { headline } from './headline.ts';
import { ladderCss } from './ladder-css.ts';

/** More ladders than this are no picture. */
export const MOST_LADDERS = 3;

/** More sentences than this nobody listens to. */
const MOST_SENTENCES = 60;

/** Free below the last ladder. */
const FOOT = 12;

/** Stripes of a socket that outlives its connection: told apart without colour too. */
const HATCH =
  '<defs><pattern id="tl-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<rect width="6" height="6" class="tl-hatch-paper"/><path d="M3 0V6" class="tl-hatch"/></pattern></defs>';

/** Draws the lineages that matter below each other, as one picture. */
export function drawLadders(lineages: ChosenLineages, kernel: ExplanationKernel): string {
  const mattering = matteringOf(lineages).slice(0, MOST_LADDERS);
  let top = 0;
  const ladders = mattering.map((one) => {
    const { markup, bottom } = drawLadder(one, kernel, top);
    top = bottom + FOOT;
    return markup;
  });
  const left = lineages.total - mattering.length;
  const note = left > 0 ? `${count(left, 'pair')} of ends more in these captures, not drawn.` : '';
  const height = Math.ceil(top + (note === '' ? FOOT : 2 * FOOT));
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${WIDTH} ${height}`,
    width: WIDTH,
    height,
    class: 'tl-ladder',
    role: 'img',
    'aria-labelledby': 'tl-name tl-story',
  };
  const place = { face: 'legend', at: [MARGIN, height - FOOT], colour: 'quiet' } as const;
  return element(
    'svg',
    attributes,
    element('title', { id: 'tl-name' }, escapeMarkup(ladderTitle(mattering, kernel))),
    element('desc', { id: 'tl-story' }, escapeMarkup(spokenStory(mattering))),
    `<style>${ladderCss()}</style>`,
    HATCH,
    element('rect', { width: WIDTH, height, class: 'tl-paper' }),
    ...ladders,
    drawnText(note, place),
  );
}

function ladderTitle([first]: ChosenLineages['chosen'], kernel: ExplanationKernel): string {
  return first === undefined ? 'No TCP packets' : headline(first, kernel);
}

/** For those who cannot see it: the sentences of all packets. */
function spokenStory(mattering: ChosenLineages['chosen']): string {
  const packets = mattering.flatMap(({ lineage }) => lineage.explanations.slice(0, MOST_SENTENCES));
  return packets.map(({ kind, says }) => `${KIND_TITLES[kind]}: ${says}`).join(' ');
}
