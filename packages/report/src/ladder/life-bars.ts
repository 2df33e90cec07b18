import { collisionPart } from '../explanation/packet-notice.ts';
import { packetWay } from '../explanation/packet-way.ts';
import type { LadderPlan, PlacedPacket } from './ladder-plan.ts';

/** How long something lives, in heights of the drawing. */
export interface LifeBar {
  readonly from: number;
  readonly to: number;
  /** Whether that is its end, and not only that of the drawing. */
  readonly ends: boolean;
}

/** Gives the lives of conntrack's entries: from the packet that makes one to where it is gone. */
export function entryBars({ packets, breaks, top, bottom }: LadderPlan): LifeBar[] {
  const bars: LifeBar[] = [];
  let from: number | null = null;
  for (const [i, packet] of packets.entries()) {
    const { before, entry } = packet.explanation;
    if (from !== null && before === null) {
      const pause = breaks.find(({ y }) => y < packet.y && y > (packets[i - 1]?.y ?? top));
      bars.push({ from, to: pause?.top ?? packet.top, ends: true });
      from = null;
    }
    if (from === null && before !== null) from = i === 0 ? top : packet.y;
    if (from === null && entry !== null) from = packet.y;
    if (from !== null && entry === null) {
      bars.push({ from, to: packet.y, ends: true });
      from = null;
    }
  }
  return from === null ? bars : [...bars, { from, to: bottom, ends: false }];
}

/** The life of a socket of the server's. */
export interface SocketBar extends LifeBar {
  /** It outlives its connection, and meets the next. */
  readonly stale: boolean;
}

/** Gives the lives of the server's sockets, as far as packets show them. */
export function socketBars({ packets, order, top, bottom }: LadderPlan): SocketBar[] {
  const touching = packets.filter(({ explanation }) => {
    const { from, to } = packetWay(explanation);
    return from === order[2] || to === order[2];
  });
  const parts = touching.map(({ explanation }) => collisionPart(explanation));
  const first = parts.findIndex((part) => part !== null);
  if (first < 0) return live(touching, bottom);
  const heard = parts.indexOf('rst-heard');
  const stale: SocketBar = {
    from: touching[first - 1]?.y ?? top,
    to: touching[heard]?.y ?? bottom,
    ends: heard >= 0,
    stale: true,
  };
  const after = heard < 0 ? [] : touching.slice(heard + 1);
  return [...live(touching.slice(0, first), stale.from), stale, ...live(after, bottom)];
}

function live([first]: readonly PlacedPacket[], to: number): SocketBar[] {
  return first === undefined ? [] : [{ from: first.y, to, ends: false, stale: false }];
}
