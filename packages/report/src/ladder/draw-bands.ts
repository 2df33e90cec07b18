import { collisionPart } from '../explanation/packet-notice.ts';
import { element } from '../markup.ts';
import { drawnText } from './drawn-text.ts';
import { WIDTH } from './geometry.ts';
import { BAND_ROOM, type LadderPlan, type PlacedPacket } from './ladder-plan.ts';

/** Free beside a band. */
const SIDE = 10;

/** Draws what stands behind the packets of each collision. */
export function drawBands({ rows }: LadderPlan): string {
  const runs: PlacedPacket[][] = [];
  let isOpen = false;
  for (const row of rows) {
    const isHit = 'explanation' in row && collisionPart(row.explanation) !== null;
    if (isHit && isOpen) runs.at(-1)?.push(row);
    else if (isHit) runs.push([row]);
    isOpen = isHit;
  }
  return runs.map((run, i) => drawBand(run, i === 0 ? 'COLLISION' : 'COLLISION AGAIN')).join('');
}

function drawBand(run: readonly PlacedPacket[], words: string): string {
  const top = (run[0]?.top ?? 0) - BAND_ROOM + 2;
  const height = (run.at(-1)?.bottom ?? 0) + 4 - top;
  const box = { x: SIDE, y: top, width: WIDTH - 2 * SIDE, height, rx: 9 };
  return (
    element('rect', { ...box, class: 'tl-band' }) +
    drawnText(words, { face: 'band', at: [SIDE + 12, top + 15], colour: 'bad' })
  );
}
