import type { DirectionNumber } from './direction.ts';

// The same in every kernel from 4.19 to 7.3. A column a state, a row a class of segment, first the
// original direction, then the reply. IV is no transition, IG is passed and ignored.
const TABLE = `
         NO SS SR ES FW CW LA TW CL S2
 syn     SS SS IG IG IG IG IG SS SS S2
 synack  IV IV SR IV IV IV IV IV IV SR
 fin     IV IV FW FW LA LA LA TW CL IV
 ack     ES IV ES ES CW CW TW TW CL IV
 rst     IV CL CL CL CL CL CL CL CL CL
 none    IV IV IV IV IV IV IV IV IV IV
 syn     IV S2 IV IV IV IV IV SS IV S2
 synack  IV SR IG IG IG IG IG IG IG SR
 fin     IV IV FW FW LA LA LA TW CL IV
 ack     IV IG SR ES CW CW TW TW CL IG
 rst     IV CL CL CL CL CL CL CL CL CL
 none    IV IV IV IV IV IV IV IV IV IV`;

/** The two letters of each state, at its number. */
const LETTERS = ['NO', 'SS', 'SR', 'ES', 'FW', 'CW', 'LA', 'TW', 'CL', 'S2', 'IV', 'IG'];

const STATES = 10;
const CLASSES = 6;

const NEXT: Uint8Array = Uint8Array.from(
  TABLE.trim()
    .split('\n')
    .slice(1)
    .flatMap((row) => row.trim().split(/\s+/).slice(1))
    .map((letters) => LETTERS.indexOf(letters)),
);

/**
 * Gives the state that a segment leads to, `NO_TRANSITION` or `IGNORED`.
 *
 * @param direction of the segment.
 * @param index its class.
 * @param state of the entry.
 */
export function nextState(direction: DirectionNumber, index: number, state: number): number {
  return NEXT[(direction * CLASSES + index) * STATES + state] as number;
}
