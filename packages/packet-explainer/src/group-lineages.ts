import type { Conversations } from '@tuplescope/conversation';

/**
 * Numbers the groups of conversations that followed each other on the same ends: a port used again
 * meets what the connection before it left. Gives the group of each conversation, from 0, in the order
 * of their first packets; it is the index of its lineage in `Explanations`.
 */
export function lineageNumbers(conversations: Conversations): Uint32Array {
  const numbers = new Uint32Array(conversations.length);
  let count = 0;
  for (let id = 0; id < conversations.length; id++) {
    const previous = conversations.previousOf(id);
    numbers[id] = previous === null ? count++ : (numbers[previous] as number);
  }
  return numbers;
}

/** Gives the conversations of each group, by their numbers, in the order of time. */
export function groupLineages(conversations: Conversations): number[][] {
  const groups: number[][] = [];
  for (const [id, group] of lineageNumbers(conversations).entries()) {
    const known = groups[group];
    if (known === undefined) groups[group] = [id];
    else known.push(id);
  }
  return groups;
}
