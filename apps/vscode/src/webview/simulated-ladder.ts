import type { PacketTexts } from '../protocol/packets.ts';
import type { SimulatedConnect, SimulatedStep } from '../protocol/what-if.ts';
import { element } from './element.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Where the lanes stand in a row, in its own units. */
const LANES = { app: 10, conntrack: 100, proxy: 190, peer: 280 } as const;
const WIDTH = 290;
const HEIGHT = 20;
const MIDDLE = HEIGHT / 2;

/** Half the height of an arrow's head. */
const HEAD = 4;

/**
 * Shows a simulated connect as a ladder: a row a packet, with its way past the lanes drawn, what
 * conntrack says, and the sentence. A table, so that it can be read without being seen.
 */
export function simulatedLadder(
  { steps }: SimulatedConnect,
  label: string,
  texts: PacketTexts,
): HTMLElement {
  const lanes = [texts.app, texts.conntrack, texts.proxy, texts.peer].join(' · ');
  const heads = [texts.time, texts.flags, lanes, texts.verdict, texts.says];
  return element(
    'table',
    { class: 'simulated', 'aria-label': label },
    element(
      'thead',
      {},
      element('tr', {}, ...heads.map((text) => element('th', { scope: 'col', text }))),
    ),
    element('tbody', {}, ...steps.map((step, i) => rowOf(step, steps[i - 1], texts))),
  );
}

/** What was said of the packet before is not said again. */
function rowOf(
  step: SimulatedStep,
  before: SimulatedStep | undefined,
  texts: PacketTexts,
): HTMLElement {
  const isLost = step.isDropped || step.ctstate === 'INVALID';
  const way = element('td', { class: 'way' });
  way.append(drawWay(step, wayText(step, texts)));
  const says = step.says === before?.says ? '″' : step.says;
  return element(
    'tr',
    { class: isLost ? 'invalid' : 'valid' },
    element('td', { class: 'number', text: step.at.toFixed(6) }),
    element('td', { text: step.flags }),
    way,
    element('td', { class: 'ctstate', text: step.ctstate, title: step.entry ?? undefined }),
    element('td', { text: says }),
  );
}

/** In words: `Application → Proxy`. */
function wayText({ from, to, isDropped }: SimulatedStep, texts: PacketTexts): string {
  const end = isDropped || to === null ? texts.dropped : texts[to];
  return `${texts[from]} → ${end}`;
}

function drawWay({ from, to, isDropped }: SimulatedStep, text: string): SVGElement {
  const start = LANES[from];
  const isStopped = isDropped || to === null;
  const end = isStopped ? LANES.conntrack : LANES[to];
  const towards = end > start ? 1 : -1;
  const head = [
    `${end},${MIDDLE}`,
    `${end - 8 * towards},${MIDDLE - HEAD}`,
    `${end - 8 * towards},${MIDDLE + HEAD}`,
  ];
  return drawn(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': text, class: 'ladder-way' },
    ...Object.values(LANES).map((x) =>
      drawn('line', { x1: x, x2: x, y1: 0, y2: HEIGHT, class: 'lane' }),
    ),
    drawn('line', { x1: start, x2: end, y1: MIDDLE, y2: MIDDLE, class: 'arrow' }),
    isStopped
      ? drawn('path', {
          d: `M${end - HEAD} ${MIDDLE - HEAD}l8 8M${end - HEAD} ${MIDDLE + HEAD}l8 -8`,
          class: 'arrow',
        })
      : drawn('polygon', { points: head.join(' '), class: 'head-of-arrow' }),
  );
}

function drawn(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly Node[]
): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, String(value));
  }
  made.append(...children);
  return made;
}
