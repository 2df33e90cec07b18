import type { Lane } from '../explanation/packet-way.ts';

/** Width of the drawing: with the packets of a collision about 16:9. */
export const WIDTH = 1440;

/** Free at both sides. */
export const MARGIN = 28;

/** Where times end. */
export const TIME_RIGHT = 112;

/** Where the lanes stand, in their order. */
export const LANES = [166, 446, 726, 908] as const;

/** Where what is said of a packet begins. */
export const NOTES = 952;

/** Room for what is said of a packet. */
export const NOTES_ROOM: number = WIDTH - MARGIN - NOTES;

/** From one line of text to the next. */
export const LINE = 16.5;

/** Between the middle of a lane and what stands beside its bar. */
export const BESIDE = 18;

/** Gives the place of a lane. */
export function laneAt(order: readonly Lane[], lane: Lane): number {
  return LANES[order.indexOf(lane)] ?? LANES[0];
}
