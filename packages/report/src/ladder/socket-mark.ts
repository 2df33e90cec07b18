import { collisionPart } from '../explanation/packet-notice.ts';
import { packetWay } from '../explanation/packet-way.ts';
import { element } from '../markup.ts';
import { drawnText } from './drawn-text.ts';
import { BESIDE, LANES, laneAt } from './geometry.ts';
import type { LadderPlan, PlacedPacket } from './ladder-plan.ts';
import { fitText } from './text-width.ts';

/** Draws what a packet meets at the server, and what that does with it, beside its lane. */
export function drawSocketMark({ explanation, y }: PlacedPacket, plan: LadderPlan): string {
  const { socket } = explanation;
  const { to } = packetWay(explanation);
  if (socket === null || plan.order.indexOf(to) !== 2) return '';
  const x = laneAt(plan.order, to);
  const room = LANES[3] - LANES[2] - BESIDE - 12;
  const say = (words: string, dy: number, colour: string): string =>
    drawnText(fitText(words, 'socket', room), { face: 'socket', at: [x + BESIDE, y + dy], colour });
  const part = collisionPart(explanation);
  if (part === 'syn') {
    const silent = socket.does === 'suppressed' ? say('stays silent', 19, 'quiet') : '';
    return `${burst(x, y)}${say(`meets ${socket.state ?? 'a socket'}`, 4, 'stale')}${silent}`;
  }
  if (socket.does === 'reset') return say('socket is reset', 4, 'good');
  return say(socket.state ?? '', 4, 'quiet');
}

/** A star with eight points: here things collide. */
function burst(x: number, y: number): string {
  const points = Array.from({ length: 16 }, (_, i) => {
    const radius = i % 2 === 0 ? 14 : 7;
    const angle = (Math.PI * i) / 8;
    return `${(x + radius * Math.sin(angle)).toFixed(1)},${(y - radius * Math.cos(angle)).toFixed(1)}`;
  });
  return element('polygon', { points: points.join(' '), class: 'tl-burst' });
}
