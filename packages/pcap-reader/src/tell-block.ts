import type { Walk } from './walk.ts';

/** Says what is wrong with the block that was just passed. */
export function tellBlock(
  walk: Walk,
  expected: string,
  found: string,
  severity: 'error' | 'warning' = 'error',
): void {
  const start = walk.base + walk.start;
  walk.damage.add({ severity, start, end: walk.base + walk.at, expected, found });
}
