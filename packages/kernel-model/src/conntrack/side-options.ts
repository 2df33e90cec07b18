import type { Side } from './connection.ts';
import type { Kernel } from './kernel.ts';
import { NO_SCALE, type Segment } from './segment.ts';
import { BE_LIBERAL, SACK_PERMITTED, WINDOW_SCALE } from './tcp-mark.ts';

/** RFC 7323 section 2.3: a greater shift count is taken as 14. */
const MAX_SCALE = 14;

/**
 * Takes a SYN's options over into a side.
 *
 * A header without any option leaves the side as it was. Otherwise scale and flags start from 0; with
 * keep-liberal (f2dd495a8d58) the mark BE_LIBERAL stays.
 */
export function takeOptions({ behaviour }: Kernel, side: Side, segment: Segment): void {
  if (!segment.hasOptions) return;
  side.flags = (behaviour.keepLiberal ? side.flags & BE_LIBERAL : 0) | optionFlags(segment);
  side.scale = optionScale(segment);
}

/** Gives the flags that a SYN's options stand for. */
export function optionFlags(segment: Segment): number {
  const sack = segment.sackPermitted ? SACK_PERMITTED : 0;
  return segment.wscale === NO_SCALE ? sack : sack | WINDOW_SCALE;
}

/** Gives the window scale of a SYN's options, 0 where it has none. */
export function optionScale({ wscale }: Segment): number {
  return wscale === NO_SCALE ? 0 : Math.min(wscale, MAX_SCALE);
}
