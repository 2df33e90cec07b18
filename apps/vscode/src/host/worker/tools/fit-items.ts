/** A model reads no more than this with profit, and each answer takes of what it can hold. */
export const MOST_CHARACTERS = 24_000;

/** What of a list fits. */
export interface Fitted<Item> {
  readonly items: readonly Item[];
  /** How many were left out. */
  readonly leftOut: number;
}

/**
 * Takes items from the front of a list while their JSON fits in some characters.
 *
 * @example
 * fitItems(['a', 'b', 'c'], 8) // { items: ['a', 'b'], leftOut: 1 }
 */
export function fitItems<Item>(items: readonly Item[], characters: number): Fitted<Item> {
  let left = characters;
  let taken = 0;
  for (const item of items) {
    left -= JSON.stringify(item).length + 1;
    if (left < 0) break;
    taken++;
  }
  return { items: items.slice(0, taken), leftOut: items.length - taken };
}
