import { formatEndpoint } from '@tuplescope/net';
import type { ExplanationKernel } from '../explanation/explanation-report.ts';
import type { Lane } from '../explanation/packet-way.ts';
import { element } from '../markup.ts';
import { drawnText } from './drawn-text.ts';
import { LANES } from './geometry.ts';
import type { LadderPlan } from './ladder-plan.ts';
import { fitMiddle } from './text-width.ts';

/** Half the width of a lane's title. */
const HALF = 84;

/** Height of a lane's title. */
export const TITLE_HEIGHT = 46;

/** Draws the titles of the lanes, and who stands there below each name. */
export function drawLaneTitles(plan: LadderPlan, kernel: ExplanationKernel, top: number): string {
  const titles = plan.order.map((lane, i) => {
    const x = LANES[i] ?? 0;
    const box = { x: x - HALF, y: top, width: 2 * HALF, height: TITLE_HEIGHT, rx: 7 };
    const end = fitMiddle(laneEnd(lane, plan, kernel), 'end', 2 * HALF - 10);
    return [
      element('rect', { ...box, class: 'tl-title' }),
      drawnText(lane, { face: 'lane', at: [x, top + 20], anchor: 'middle' }),
      drawnText(end, { face: 'end', at: [x, top + 37], colour: 'quiet', anchor: 'middle' }),
    ].join('');
  });
  return titles.join('');
}

/** The kernel, or the end that a lane is; of a lane where only strays go, the end that they name. */
function laneEnd(lane: Lane, { order, lineage }: LadderPlan, kernel: ExplanationKernel): string {
  if (lane === 'conntrack') return kernel.title ?? kernel.profile ?? 'unknown kernel';
  const [first] = lineage.conversations;
  if (first === undefined) return '';
  const place = order.indexOf(lane);
  if (place === 0) return formatEndpoint(first.client);
  const translated = lineage.conversations.find((one) => one.translated !== null)?.translated;
  if (place === 2) return formatEndpoint(translated?.server ?? first.server);
  return lane === 'wire' ? formatEndpoint(first.server) : '';
}
