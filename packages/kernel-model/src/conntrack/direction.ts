/** The direction of the packet that made the entry. */
export const ORIGINAL = 0;
/** The direction of the answers. */
export const REPLY = 1;

/** A direction by its number. */
export type DirectionNumber = typeof ORIGINAL | typeof REPLY;

/** A direction as nftables' `ct direction` names it. */
export type Direction = 'ORIGINAL' | 'REPLY';

/** Gives the name of a direction's number. */
export function directionName(direction: DirectionNumber): Direction {
  return direction === ORIGINAL ? 'ORIGINAL' : 'REPLY';
}
