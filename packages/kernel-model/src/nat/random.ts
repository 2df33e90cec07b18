/** Gives the next of a fixed row of 32-bit numbers. */
export type Random = () => number;

/**
 * Makes a row of numbers from a seed: Marsaglia's xorshift32. The kernel's choice of a port is
 * random; here the same run twice is the same.
 */
export function createRandom(seed: number): Random {
  let state = (seed ^ 0x9e3779b9) | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
